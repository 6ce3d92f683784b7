import { type Client, createClient } from "graphql-ws";
import { WebSocket } from "ws";
import { nameOf } from "./operation.js";
import type { TypedDocumentString } from "./operations.js";
import { Patience } from "./patience.js";
import { describeErrors, type GraphqlError, RequestFailed, rootCause } from "./request-failed.js";

/** An event may take as long as the gateway itself waits for a first token. */
const EVENT_TIMEOUT_MS = 120_000;

/**
 * Yields the data of a subscription's events as they come, over a WebSocket of its own that speaks graphql-ws. `url` is
 * the gateway's, without /graphql. Returns at the orderly end. Throws RequestFailed if the gateway sends an error or the
 * connection breaks. It does not connect again, so that no fault is hidden; with `retryAttempts` graphql-ws would.
 */
export async function* subscribe<Data, Variables extends Record<string, unknown>>(
  { url, key, interrupted }: { url: string; key: string; interrupted: AbortSignal },
  document: TypedDocumentString<Data, Variables>,
  variables: Variables,
): AsyncGenerator<Data, void, undefined> {
  const name = nameOf(document);
  const address = `${url.replace(/^http/, "ws")}/graphql`;
  const patience = new Patience(`${name} got no event`, EVENT_TIMEOUT_MS, interrupted);
  const results = openSocket(address, key).iterate<Data>({ query: document.toString(), variables });
  try {
    for (;;) {
      const { done, value } = await patience.wait(results.next());
      if (done) return;
      patience.renew();
      if (value.errors?.length) throw new RequestFailed(`${name} failed with ${describeErrors(value.errors)}`);
      yield value.data as Data;
    }
  } catch (error) {
    if (patience.signal.aborted) throw patience.signal.reason;
    throw error instanceof RequestFailed ? error : failureOf(name, address, error);
  } finally {
    patience.end();
    // The socket closes with its only subscription.
    await results.return?.();
  }
}

function openSocket(url: string, key: string): Client {
  return createClient({
    url,
    // Browsers and Node 22 have a WebSocket of their own.
    webSocketImpl: WebSocket,
    connectionParams: { Authorization: `Bearer ${key}` },
    retryAttempts: 0,
  });
}

/** graphql-ws throws the errors of a refused operation, the close event of a socket, or the error of its connection. */
function failureOf(name: string, address: string, thrown: unknown): RequestFailed {
  if (Array.isArray(thrown))
    return new RequestFailed(`${name} was refused: ${describeErrors(thrown as GraphqlError[])}`);
  if (isClose(thrown)) {
    const reason = thrown.reason ? ` (${thrown.reason})` : "";
    return new RequestFailed(
      `${name} was cut off: the socket to ${address} closed with code ${thrown.code}${reason} before the end.`,
    );
  }
  const cause = rootCause((thrown as { error?: unknown }).error ?? thrown);
  return new RequestFailed(`${name} could not be streamed from ${address}: ${cause}.`);
}

function isClose(thrown: unknown): thrown is { code: number; reason: string } {
  return typeof thrown === "object" && thrown !== null && "reason" in thrown && "code" in thrown;
}
