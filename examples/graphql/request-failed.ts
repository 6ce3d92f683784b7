/** A request had no result. The message says which request it was, and why. */
export class RequestFailed extends Error {}

export interface GraphqlError {
  readonly message?: string;
  readonly extensions?: { readonly code?: string; readonly requestId?: string };
}

/** The errors of an answer as one line. */
export function describeErrors(errors: readonly GraphqlError[]): string {
  return errors.map(describe).join("; ");
}

function describe({ message = "no message", extensions }: GraphqlError): string {
  const request = extensions?.requestId ? ` (request ${extensions.requestId})` : "";
  return `${extensions?.code ?? "no code"}: ${message}${request}`;
}

/** The reason at the bottom of an error, such as ECONNREFUSED: fetch's own message is only "fetch failed". */
export function rootCause(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error.cause !== undefined) return rootCause(error.cause);
  if (error.message) return error.message;
  return "code" in error ? String(error.code) : error.name;
}
