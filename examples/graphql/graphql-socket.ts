import { type Client, createClient } from "graphql-ws";
import { WebSocket } from "ws";
import { unlessAborted } from "../demo/deadline.js";
import type { Operation } from "./operations.js";
import { Patience } from "./patience.js";
import { describeErrors, type GraphqlError, RequestFailed, rootCause } from "./request-failed.js";

/** An event may take as long as the gateway itself waits for a first token. */
const EVENT_TIMEOUT_MS = 120_000;

/**
 * The values of a subscription's root field, as they come, over a WebSocket of its own that speaks graphql-ws. `url` is
 * the gateway's, without /graphql. Returns at the orderly end. An error of the gateway, and a connection that breaks,
 * is RequestFailed: here nothing is tried again, so that no fault is hidden.
 */
export async function* subscribe<Result, Variables extends Record<string, unknown>>(
  { url, key, interrupted }: { url: string; key: string; interrupted: AbortSignal },
  { field, document }: Operation<Result, Variables>,
  variables: Variables,
): AsyncGenerator<Result, void, undefined> {
  const address = `${url.replace(/^http/, "ws")}/graphql`;
  const patience = new Patience(`${field} got no event`, EVENT_TIMEOUT_MS, interrupted);
  const results = openSocket(address, key).iterate({ query: document, variables });
  try {
    for (;;) {
      const { done, value } = await unlessAborted(results.next(), patience.signal);
      if (done) return;
      patience.renew();
      if (value.errors?.length) throw new RequestFailed(`${field} failed with ${describeErrors(value.errors)}`);
      yield value.data?.[field] as Result;
    }
  } catch (error) {
    if (patience.signal.aborted) throw patience.signal.reason;
    throw error instanceof RequestFailed ? error : failureOf(field, address, error);
  } finally {
    patience.end();
    // The socket closes with its only subscription.
    await results.return?.();
  }
}

function openSocket(url: string, key: string): Client {
  return createClient({
    url,
    webSocketImpl: WebSocket,
    connectionParams: { Authorization: `Bearer ${key}` },
    retryAttempts: 0,
  });
}

/** The client throws the errors of a refused operation, the close event of a socket, or the error of its connection. */
function failureOf(field: string, address: string, thrown: unknown): RequestFailed {
  if (Array.isArray(thrown))
    return new RequestFailed(`${field} was refused: ${describeErrors(thrown as GraphqlError[])}`);
  if (isClose(thrown)) {
    const reason = thrown.reason ? ` (${thrown.reason})` : "";
    return new RequestFailed(
      `${field} was cut off: the socket to ${address} closed with code ${thrown.code}${reason} before the end.`,
    );
  }
  const cause = rootCause((thrown as { error?: unknown }).error ?? thrown);
  return new RequestFailed(`${field} could not be streamed from ${address}: ${cause}.`);
}

function isClose(thrown: unknown): thrown is { code: number; reason: string } {
  return typeof thrown === "object" && thrown !== null && "reason" in thrown && "code" in thrown;
}
