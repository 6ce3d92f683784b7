/**
 * The reason why the gateway cannot start. The message is for the person who starts it, and is shown without a stack.
 */
export class StartError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "StartError";
  }
}
