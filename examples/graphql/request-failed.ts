/** A request that brought no result; the message says which and why. */
export class RequestFailed extends Error {}

export interface GraphqlError {
  readonly message?: string;
  readonly extensions?: { readonly code?: string; readonly requestId?: string };
}

/** What the gateway has to say against an operation. */
export function describeErrors(errors: readonly GraphqlError[]): string {
  return errors.map(describe).join("; ");
}

function describe({ message = "no message", extensions }: GraphqlError): string {
  const request = extensions?.requestId ? ` (request ${extensions.requestId})` : "";
  return `${extensions?.code ?? "no code"}: ${message}${request}`;
}

/** fetch says "fetch failed", a socket's event nothing; they keep the reason, such as ECONNREFUSED, underneath. */
export function rootCause(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error.cause !== undefined) return rootCause(error.cause);
  if (error.message) return error.message;
  return "code" in error ? String(error.code) : error.name;
}
