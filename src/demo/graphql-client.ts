import type { Operation } from "./operations.js";

const REQUEST_TIMEOUT_MS = 30_000;
const SHOWN_BODY_MAX = 200;

/** A request that brought no result; the message says which and why. */
export class RequestFailed extends Error {}

interface GraphqlError {
  readonly message?: string;
  readonly extensions?: { readonly code?: string; readonly requestId?: string };
}

interface GraphqlBody {
  readonly data?: Readonly<Record<string, unknown>> | null;
  readonly errors?: readonly GraphqlError[];
}

/** All that a GraphQL client needs: a POST of JSON with a key. `url` is the gateway's, without /graphql. */
export class GraphqlClient {
  constructor(
    private readonly url: string,
    private readonly key: string,
    private readonly interrupted: AbortSignal,
  ) {}

  /** The same gateway, asked with another key. */
  withKey(key: string): GraphqlClient {
    return new GraphqlClient(this.url, key, this.interrupted);
  }

  /** The value of the operation's root field. Anything less than a whole answer without errors is RequestFailed. */
  async ask<Result, Variables>(
    { field, document }: Operation<Result, Variables>,
    variables: Variables,
    timeoutMs = REQUEST_TIMEOUT_MS,
  ): Promise<Result> {
    const { response, text } = await this.post(field, JSON.stringify({ query: document, variables }), timeoutMs);
    const body = parseBody(text);
    if (body?.errors?.length) throw new RequestFailed(`${field} was refused: ${body.errors.map(describe).join("; ")}`);
    if (!response.ok || !body) {
      const shown = text.slice(0, SHOWN_BODY_MAX).trim() || "an empty body";
      throw new RequestFailed(`${field} got HTTP ${response.status} and no GraphQL answer from ${this.url}: ${shown}`);
    }
    const value = body.data?.[field];
    if (value === null || value === undefined) throw new RequestFailed(`${field} got neither a value nor an error.`);
    // The gateway has checked the document against its schema, and the steps check the values.
    return value as Result;
  }

  /** Ends the request itself, too, when time is up or the demo is interrupted, so that no connection stays open. */
  private async post(field: string, body: string, timeoutMs: number): Promise<{ response: Response; text: string }> {
    const request = new AbortController();
    const interrupt = () => request.abort(this.interrupted.reason);
    const timeUp = () => request.abort(new RequestFailed(`${field} got no answer within ${timeoutMs / 1_000} s.`));
    const timer = setTimeout(timeUp, timeoutMs);
    this.interrupted.addEventListener("abort", interrupt);
    try {
      this.interrupted.throwIfAborted();
      const response = await fetch(`${this.url}/graphql`, {
        method: "POST",
        headers: {
          "content-type": "application/json",
          accept: "application/json",
          authorization: `Bearer ${this.key}`,
        },
        body,
        // A redirect would turn the POST into a GET.
        redirect: "manual",
        signal: request.signal,
      });
      return { response, text: await response.text() };
    } catch (error) {
      if (this.interrupted.aborted) throw this.interrupted.reason;
      if (request.signal.aborted) throw request.signal.reason;
      throw new RequestFailed(
        `${field} could not be asked: ${rootCause(error)}. Is a gateway listening at ${this.url}?`,
      );
    } finally {
      clearTimeout(timer);
      this.interrupted.removeEventListener("abort", interrupt);
    }
  }
}

function parseBody(text: string): GraphqlBody | undefined {
  try {
    const body: unknown = JSON.parse(text);
    return typeof body === "object" && body !== null ? body : undefined;
  } catch {
    return undefined;
  }
}

function describe({ message = "no message", extensions }: GraphqlError): string {
  const request = extensions?.requestId ? ` (request ${extensions.requestId})` : "";
  return `${extensions?.code ?? "no code"}: ${message}${request}`;
}

/** fetch says "fetch failed" and keeps the reason, such as ECONNREFUSED, underneath. */
function rootCause(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error.cause !== undefined) return rootCause(error.cause);
  if (error.message) return error.message;
  return "code" in error ? String(error.code) : error.name;
}
