import { invalid } from "../../../input/validate.js";
import { isObject } from "../../../lib/json/unknown-json.js";

type Options = Readonly<Record<string, unknown>>;

/** The spellings of "the most tokens of an answer", and of thinking, which is billed as output. */
const SPELLINGS: readonly (readonly string[])[] = [
  ["max_tokens"],
  ["max_completion_tokens"], // OpenAI
  ["max_output_tokens"], // OpenAI's responses, Gemini
  ["max_new_tokens"], // TGI, Hugging Face
  ["num_predict"], // Ollama, where -1 means no limit
  ["min_tokens"], // vLLM
  ["thinking_budget"], // Qwen, Gemini
  ["thinking", "budget_tokens"], // Anthropic
  ["reasoning", "max_tokens"], // OpenRouter
];

/**
 * Holds a request to the group's limit of output tokens. A greater number is refused, in whichever spelling: a shorter
 * answer than the client asked for would look like one that was cut. A request without a limit gets the group's.
 */
export function withBound(options: Options, bound: number | null): Options {
  if (bound === null) return options;
  for (const spelling of SPELLINGS) requireWithin(options, spelling, bound);
  const says = options.max_tokens != null || options.max_completion_tokens != null;
  return says ? options : { ...options, max_tokens: bound };
}

function requireWithin(options: Options, spelling: readonly string[], bound: number): void {
  const value = spelling.reduce<unknown>((at, name) => (isObject(at) ? at[name] : undefined), options);
  if (value == null || (Number.isInteger(value) && Number(value) >= 0 && Number(value) <= bound)) return;
  const field = spelling[0] === "max_tokens" ? "input.maxTokens" : `input.providerOptions.${spelling.join(".")}`;
  throw invalid(field, `must be an integer of at most ${bound}, the limit of the model group`, value);
}
