import { subscribe } from "./graphql-socket.js";
import type { Operation } from "./operations.js";
import { Patience } from "./patience.js";
import { describeErrors, type GraphqlError, RequestFailed, rootCause } from "./request-failed.js";

const REQUEST_TIMEOUT_MS = 30_000;
const SHOWN_BODY_MAX = 200;

interface GraphqlBody {
  readonly data?: Readonly<Record<string, unknown>> | null;
  readonly errors?: readonly GraphqlError[];
}

/**
 * All that a GraphQL client needs: a POST of JSON with a key, and a WebSocket for what streams. `url` is the gateway's,
 * without /graphql.
 */
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
    if (body?.errors?.length) throw new RequestFailed(`${field} was refused: ${describeErrors(body.errors)}`);
    if (!response.ok || !body) {
      const shown = text.slice(0, SHOWN_BODY_MAX).trim() || "an empty body";
      throw new RequestFailed(`${field} got HTTP ${response.status} and no GraphQL answer from ${this.url}: ${shown}`);
    }
    const value = body.data?.[field];
    if (value === null || value === undefined) throw new RequestFailed(`${field} got neither a value nor an error.`);
    // The gateway has checked the document against its schema, and the steps check the values.
    return value as Result;
  }

  /** The values of a subscription's root field, as they come. Anything but an orderly end is RequestFailed. */
  subscribe<Result, Variables extends Record<string, unknown>>(
    operation: Operation<Result, Variables>,
    variables: Variables,
  ): AsyncGenerator<Result, void, undefined> {
    const { url, key, interrupted } = this;
    return subscribe({ url, key, interrupted }, operation, variables);
  }

  /** Ends the request itself, too, when time is up or the demo is interrupted, so that no connection stays open. */
  private async post(field: string, body: string, timeoutMs: number): Promise<{ response: Response; text: string }> {
    const patience = new Patience(`${field} got no answer`, timeoutMs, this.interrupted);
    try {
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
        signal: patience.signal,
      });
      return { response, text: await response.text() };
    } catch (error) {
      if (patience.signal.aborted) throw patience.signal.reason;
      throw new RequestFailed(
        `${field} could not be asked: ${rootCause(error)}. Is a gateway listening at ${this.url}?`,
      );
    } finally {
      patience.end();
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
