import type { ServerResponse } from "node:http";
import { signalled } from "../signalled.js";
import type { UpstreamRequest } from "./upstream-behaviours.js";
import { type Behaviour, DEFAULT_USAGE, type Exchange } from "./upstream-behaviours.js";

/** One streamed answer that the test sends piece by piece. It serves one request. */
export interface HeldStream extends Behaviour {
  readonly arrived: Promise<UpstreamRequest>;
  /** The connection is closed, by whoever. */
  readonly closed: Promise<void>;
  text(content: string): void;
  /** A delta of any shape, such as tool calls. */
  delta(delta: object): void;
  /** Bytes as they are. */
  raw(bytes: string): void;
  /** The finish_reason, the usage unless it is null, and [DONE]. */
  finish(end?: StreamEnd): void;
  /** Ends the answer here, in good order as far as HTTP goes. */
  end(): void;
  /** Destroys the connection here. */
  cut(): void;
}

interface StreamEnd {
  readonly reason?: string;
  readonly usage?: Readonly<Record<string, unknown>> | null;
}

export function heldStream(headers: Record<string, string> = {}): HeldStream {
  const arrived = signalled<UpstreamRequest>();
  const closed = signalled<void>();
  let exchange: Exchange | undefined;
  const response = (): Exchange["response"] => {
    if (!exchange) throw new Error("The request has not arrived.");
    return exchange.response;
  };
  const behaviour: Behaviour = (given) => {
    exchange = given;
    given.response.on("close", () => closed.resolve());
    given.response.writeHead(200, { "content-type": "text/event-stream; charset=utf-8", ...headers });
    given.response.flushHeaders();
    arrived.resolve(given.request);
  };
  return Object.assign(behaviour, {
    arrived: arrived.promise,
    closed: closed.promise,
    text: (content: string) => sendDelta(response(), { content }),
    delta: (delta: object) => sendDelta(response(), delta),
    raw: (bytes: string) => void response().write(bytes),
    finish: (end: StreamEnd = {}) => sendEnd(response(), end),
    end: () => void response().end(),
    cut: () => {
      response().destroyedByScript = true;
      response().socket?.destroy();
    },
  });
}

/** A streamed answer of these pieces, all at once. It serves any number of requests. */
export function streamed(pieces: readonly string[], end: StreamEnd = {}): Behaviour {
  return ({ response }) => {
    response.writeHead(200, { "content-type": "text/event-stream" });
    for (const content of pieces) sendDelta(response, { content });
    sendEnd(response, end);
  };
}

/** Sends these pieces of a streamed answer and then destroys the connection. It serves any number of requests. */
export function cutStream(pieces: readonly string[]): Behaviour {
  return ({ response }) => {
    response.destroyedByScript = true;
    response.writeHead(200, { "content-type": "text/event-stream" });
    for (const content of pieces) sendDelta(response, { content });
    response.write(": the end\n\n", () => response.socket?.destroy());
  };
}

function sendDelta(response: ServerResponse, delta: object): void {
  send(response, { choices: [{ index: 0, delta, finish_reason: null }] });
}

function sendEnd(response: ServerResponse, { reason = "stop", usage = DEFAULT_USAGE }: StreamEnd): void {
  send(response, { choices: [{ index: 0, delta: {}, finish_reason: reason }] });
  if (usage) send(response, { choices: [], usage });
  response.end("data: [DONE]\n\n");
}

function send(response: ServerResponse, chunk: object): void {
  const common = { id: "chatcmpl-1", object: "chat.completion.chunk", created: 1744355778, model: "scripted" };
  response.write(`data: ${JSON.stringify({ ...common, ...chunk })}\n\n`);
}
