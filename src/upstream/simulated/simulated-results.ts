import { createHash } from "node:crypto";
import { setImmediate as nextTurn } from "node:timers/promises";
import { stringifyExact } from "../../lib/json/exact-json.js";
import type { JsonEndpoint, JsonRequest, Part, UnknownFields } from "../provider.js";
import { textsIn, tokensIn } from "../texts-of-question.js";
import { tokenPieces } from "../tokens.js";
import { composeAnswer } from "./simulated-answer.js";

/** As many numbers as the small vectors of OpenAI have. */
const DIMENSIONS_DEFAULT = 1_536;
const DIMENSIONS_MAX = 8_192;
/** What OpenAI takes if a request of the older completions does not say how long its answer may be. */
const COMPLETION_TOKENS_DEFAULT = 16;
/** After so many vectors, others have their turn. */
const VECTORS_AT_ONCE = 64;

/**
 * Answers a question that is no chat. Vectors are made from a digest of their text, so that the same text has the same
 * vector, of length 1. A completion has the words that a chat would have. Nothing is ever flagged.
 */
export async function* simulatedResult(
  request: JsonRequest,
  signal: AbortSignal,
  onSent?: () => void,
): AsyncGenerator<readonly Part[], void, undefined> {
  signal.throwIfAborted();
  onSent?.();
  const { completionTokens = 0, finishReason = "stop", fields } = await ANSWERS[request.endpoint](request);
  signal.throwIfAborted();
  const promptTokens = await tokensIn(request);
  const usage = {
    prompt_tokens: promptTokens,
    ...(request.endpoint === "completions" && { completion_tokens: completionTokens }),
    total_tokens: promptTokens + completionTokens,
  };
  yield [
    { type: "usage", usage: { promptTokens, completionTokens } },
    {
      type: "result",
      fields: { ...fields, model: request.model, ...(request.endpoint !== "moderations" && { usage }) },
    },
    { type: "finish", finishReason },
  ];
}

/** What a prompt is completed with, and how many tokens of it may be said. */
export function completionOf(body: UnknownFields): { readonly text: string; readonly tokensMax: number } {
  const content = textsIn({ endpoint: "completions", body }).join("\n");
  const tokensMax = typeof body.max_tokens === "number" ? body.max_tokens : COMPLETION_TOKENS_DEFAULT;
  return { text: composeAnswer([{ role: "user", content }]), tokensMax };
}

interface Made {
  readonly fields: UnknownFields;
  readonly completionTokens?: number;
  readonly finishReason?: string;
}

const ANSWERS: Readonly<Record<JsonEndpoint, (request: JsonRequest) => Promise<Made>>> = {
  embeddings: async ({ model, body }) => {
    const asked = typeof body.dimensions === "number" ? body.dimensions : DIMENSIONS_DEFAULT;
    const dimensions = Math.max(1, Math.min(asked, DIMENSIONS_MAX));
    const data: object[] = [];
    for (const [index, input] of inputsOf(body.input).entries()) {
      if (index % VECTORS_AT_ONCE === VECTORS_AT_ONCE - 1) await nextTurn();
      const vector = vectorOf(`${model}\n${stringifyExact(input)}`, dimensions);
      const isPacked = body.encoding_format === "base64";
      const embedding = isPacked ? Buffer.from(vector.buffer).toString("base64") : Array.from(vector);
      data.push({ object: "embedding", index, embedding });
    }
    return { fields: { object: "list", data } };
  },
  completions: async ({ body }) => {
    const { text: said, tokensMax } = completionOf(body);
    const { text, tokens } = await startOf(said, tokensMax);
    const finishReason = text === said ? "stop" : "length";
    const choice = { text, index: 0, logprobs: null, finish_reason: finishReason };
    const id = `cmpl-${digestOf(said).toString("hex").slice(0, 24)}`;
    return {
      fields: { id, object: "text_completion", created: Math.floor(Date.now() / 1_000), choices: [choice] },
      completionTokens: tokens,
      finishReason,
    };
  },
  moderations: async ({ body }) => ({
    fields: {
      id: `modr-${digestOf(stringifyExact(body.input)).toString("hex").slice(0, 24)}`,
      results: inputsOf(body.input).map(() => ({ flagged: false, categories: {}, category_scores: {} })),
    },
  }),
};

/** The single inputs of a question: one text or one list of tokens is one of them. */
const inputsOf = (input: unknown): unknown[] =>
  Array.isArray(input) && typeof input[0] !== "number" ? input : [input];

async function startOf(said: string, tokensMax: number): Promise<{ text: string; tokens: number }> {
  let [text, tokens] = ["", 0];
  for await (const piece of tokenPieces(said)) {
    if (tokens + piece.tokens > tokensMax) break;
    text += piece.text;
    tokens += piece.tokens;
  }
  return { text, tokens };
}

const digestOf = (text: string): Buffer => createHash("sha256").update(text).digest();

/** Numbers by a digest of the text, as a vector of length 1. */
function vectorOf(text: string, dimensions: number): Float32Array {
  const vector = new Float32Array(dimensions);
  let state = digestOf(text).readUInt32LE(0);
  let squares = 0;
  for (let index = 0; index < dimensions; index++) {
    // A generator of Lehmer's kind is enough for numbers that only have to differ.
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    const number = state / 2 ** 31 - 1;
    vector[index] = number;
    squares += number * number;
  }
  const length = Math.sqrt(squares) || 1;
  return vector.map((number) => number / length);
}
