/**
 * The reason why the gateway cannot start. The message is for the person who starts it, and is shown without a stack.
 */
export class StartError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "StartError";
  }
}

/** The same if it may pass by itself: a server that is needed is perhaps still starting. */
export class NotUpYet extends StartError {}
