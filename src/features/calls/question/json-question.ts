import { LlmCallKind } from "../../../generated/prisma/enums.js";
import { invalid } from "../../../input/validate.js";
import type { JsonEndpoint, JsonQuestion } from "../../../upstream/provider.js";
import type { JsonCallInput } from "./json-call.input.js";
import { requireWholeText } from "./whole-text.js";

/** As many as OpenAI takes. */
export const INPUTS_MAX = 2_048;
export const DIMENSIONS_MAX = 8_192;
/** OpenAI's models take 8,192 tokens at once. */
const TOKENS_OF_INPUT_MAX = 100_000;

export const KIND_OF: Readonly<Record<JsonEndpoint, LlmCallKind>> = {
  embeddings: LlmCallKind.EMBEDDING,
  completions: LlmCallKind.COMPLETION,
  moderations: LlmCallKind.MODERATION,
};

/** Makes the upstream's request from a call's input, without the model. Throws INVALID_INPUT if something does not fit. */
export function toJsonQuestion(input: JsonCallInput): JsonQuestion {
  const { endpoint } = input;
  const { stream, ...completion } = input.body;
  const given = endpoint === "completions" ? completion : input.body;
  const body = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== null));
  requireWholeText(input, "input", ["body"]);
  if (endpoint === "embeddings") requireInputs(body.input);
  if (endpoint === "completions") requireOnePrompt(body);
  return { endpoint, body, stream: endpoint === "completions" && stream === true };
}

/** A text, a list of texts, a list of tokens, or a list of such lists. */
function requireInputs(input: unknown): void {
  const field = "input.body.input";
  if (isText(input) || isTokens(input)) return;
  if (!Array.isArray(input) || input.length === 0 || input.length > INPUTS_MAX)
    throw invalid(field, `must be a text, or a list of 1 to ${INPUTS_MAX} texts that are not empty`, input);
  const isOfTexts = typeof input[0] === "string";
  for (const [index, each] of input.entries())
    if (!(isOfTexts ? isText(each) : isTokens(each)))
      throw invalid(
        `${field}[${index}]`,
        `must be a text that is not empty, or a list of tokens, like all others`,
        each,
      );
}

const isText = (value: unknown): boolean => typeof value === "string" && value !== "";

const isTokens = (value: unknown): boolean =>
  Array.isArray(value) &&
  value.length > 0 &&
  value.length <= TOKENS_OF_INPUT_MAX &&
  value.every((token) => Number.isInteger(token) && token >= 0);

const ONE_ANSWER = "must be 1, because a call has one answer. Make several calls at once instead, in one job";

function requireOnePrompt({ prompt, n, best_of: bestOf }: Readonly<Record<string, unknown>>): void {
  const isOne = typeof prompt === "string" || isTokens(prompt) || (Array.isArray(prompt) && prompt.length === 1);
  if (!isOne) throw invalid("input.body.prompt", "must be one text, or a list of one text", prompt);
  if (n !== undefined && n !== 1) throw invalid("input.body.n", ONE_ANSWER, n);
  if (bestOf !== undefined && bestOf !== 1) throw invalid("input.body.best_of", ONE_ANSWER, bestOf);
}
