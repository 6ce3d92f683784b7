import type { OutgoingHttpHeaders } from "node:http";
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from "node:zlib";
import { type Behaviour, DEFAULT_USAGE } from "./upstream-behaviours.js";

// Answers as real upstreams send them, byte for byte.

export type Chunk = Readonly<Record<string, unknown>>;

const COMMON = { id: "chatcmpl-1", object: "chat.completion.chunk", created: 1744355778, model: "scripted" };

/** A chunk with one choice. */
export const chunk = (delta: object, finishReason: string | null = null, more: object = {}): Chunk => ({
  ...COMMON,
  choices: [{ index: 0, delta, finish_reason: finishReason }],
  ...more,
});
export const usageChunk = (usage: object = DEFAULT_USAGE): Chunk => ({ ...COMMON, choices: [], usage });

/** A whole answer. */
export const whole = (message: object, finishReason: string | null = "stop", more: object = {}): Chunk => ({
  ...COMMON,
  object: "chat.completion",
  choices: [{ index: 0, message: { role: "assistant", ...message }, finish_reason: finishReason }],
  usage: DEFAULT_USAGE,
  ...more,
});

export const event = (data: unknown): string => `data: ${typeof data === "string" ? data : JSON.stringify(data)}\n\n`;
export const DONE = "data: [DONE]\n\n";
export const eventsOf = (...chunks: readonly Chunk[]): string => chunks.map(event).join("");

export interface Sending {
  readonly headers?: OutgoingHttpHeaders;
  /** What happens to the connection after the last byte. */
  readonly connection?: "ends" | "is cut" | "stays open";
}

/** Sends these bytes with status 200, whatever was asked for. */
export function sent(body: string | Buffer, { headers = {}, connection = "ends" }: Sending = {}): Behaviour {
  return ({ response }) => {
    const form = typeof body === "string" && /^\s*[{[]/.test(body) ? "application/json" : "text/event-stream";
    response.writeHead(200, { "content-type": form, ...headers });
    if (connection === "ends") response.end(body);
    else if (connection === "stays open") response.write(body);
    else {
      response.destroyedByScript = true;
      response.write(body, () => setImmediate(() => response.socket?.resetAndDestroy()));
    }
  };
}

export const COMPRESSED: readonly (readonly [name: string, compress: (text: string) => Buffer])[] = [
  ["gzip", gzipSync],
  ["br", brotliCompressSync],
  ["deflate", deflateSync],
  ["deflate", deflateRawSync],
];
