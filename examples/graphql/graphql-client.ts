import { subscribe } from "./graphql-socket.js";
import { nameOf, type Whole } from "./operation.js";
import type { TypedDocumentString } from "./operations.js";
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
 * without /graphql. When `interrupted` aborts, every open request ends with its reason.
 */
export class GraphqlClient {
  constructor(
    private readonly url: string,
    private readonly key: string,
    private readonly interrupted = new AbortController().signal,
  ) {}

  /** The same gateway, asked with another key. */
  withKey(key: string): GraphqlClient {
    return new GraphqlClient(this.url, key, this.interrupted);
  }

  /** Returns the data of a query or mutation. Throws RequestFailed if there are errors, or if a root field is null. */
  async ask<Data, Variables>(
    document: TypedDocumentString<Data, Variables>,
    variables: Variables,
    timeoutMs = REQUEST_TIMEOUT_MS,
  ): Promise<Whole<Data>> {
    const name = nameOf(document);
    const { response, text } = await this.post(name, JSON.stringify({ query: document, variables }), timeoutMs);
    const body = parseBody(text);
    if (body?.errors?.length) throw new RequestFailed(`${name} was refused: ${describeErrors(body.errors)}`);
    if (!response.ok || !body) {
      const shown = text.slice(0, SHOWN_BODY_MAX).trim() || "an empty body";
      throw new RequestFailed(`${name} got HTTP ${response.status} and no GraphQL answer from ${this.url}: ${shown}`);
    }
    const values = Object.values(body.data ?? {});
    if (values.length === 0 || values.includes(null))
      throw new RequestFailed(`${name} got neither a value nor an error.`);
    // The gateway has checked the document against the schema that its types were made from.
    return body.data as Whole<Data>;
  }

  /** Yields the data of a subscription's events as they come. Throws RequestFailed unless it ends in an orderly way. */
  subscribe<Data, Variables extends Record<string, unknown>>(
    document: TypedDocumentString<Data, Variables>,
    variables: Variables,
  ): AsyncGenerator<Data, void, undefined> {
    const { url, key, interrupted } = this;
    return subscribe({ url, key, interrupted }, document, variables);
  }

  /** Aborts the request when time is up or the client is interrupted, so that no connection stays open. */
  private async post(name: string, body: string, timeoutMs: number): Promise<{ response: Response; text: string }> {
    const patience = new Patience(`${name} got no answer`, timeoutMs, this.interrupted);
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
        `${name} could not be asked: ${rootCause(error)}. Is a gateway listening at ${this.url}?`,
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
