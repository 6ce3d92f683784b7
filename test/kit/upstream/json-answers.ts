import { type Sending, sent } from "./upstream-answers.js";
import type { Behaviour } from "./upstream-behaviours.js";

// Answers to questions that are no chats, as OpenAI sends them.

export const packed = (vector: readonly number[]): string =>
  Buffer.from(Float32Array.from(vector).buffer).toString("base64");

const isPacked = (body: { encoding_format?: string }): boolean => body.encoding_format === "base64";

interface Vectors {
  readonly usage?: object | null;
  /** The form of the vectors. Without it, it is the one that was asked for. */
  readonly as?: "float" | "base64";
  readonly sending?: Sending;
}

/** These vectors, one for each text. */
export function vectors(list: readonly (readonly number[])[], { usage, as, sending }: Vectors = {}): Behaviour {
  return (exchange) => {
    const isBase64 = as ? as === "base64" : isPacked(exchange.request.body);
    const data = list.map((vector, index) => ({
      object: "embedding",
      index,
      embedding: isBase64 ? packed(vector) : vector,
    }));
    const tokens = usage === undefined ? { prompt_tokens: 8, total_tokens: 8 } : usage;
    const body = { object: "list", data, model: "upstream-model", ...(tokens && { usage: tokens }) };
    sent(JSON.stringify(body), sending)(exchange);
  };
}

/** OpenAI's moderations have no usage. */
export const moderation = (flagged: boolean): Behaviour =>
  sent(JSON.stringify({ id: "modr-1", model: "m", results: [{ flagged, categories: { violence: flagged } }] }));

export const completion = (text: string): Behaviour =>
  sent(
    JSON.stringify({
      id: "cmpl-1",
      object: "text_completion",
      created: 1744355778,
      model: "m",
      choices: [{ text, index: 0, logprobs: null, finish_reason: "stop" }],
      usage: { prompt_tokens: 5, completion_tokens: 3, total_tokens: 8 },
    }),
  );
