import { isObject } from "../../../lib/json/unknown-json.js";
import { type ChatMessage, isJsonQuestion, type Question } from "../../../upstream/provider.js";
import { numberedTokensIn, textsIn } from "../../../upstream/texts-of-question.js";

/** The proportion in English. Counting the tokens of a long prompt would take longer than all else of an admission. */
const CHARACTERS_PER_TOKEN = 4;
/** What frames each message. */
const TOKENS_PER_MESSAGE = 4;
/** The least that OpenAI charges for an image. */
const TOKENS_PER_IMAGE = 85;
/** How long an answer is assumed to be if nothing says how long it may be. */
const ANSWER_TOKENS_DEFAULT = 1_024;

/** Estimates what a call may need, prompt and answer together. `bound` is the most tokens that its group allows. */
export function estimatedTokens(question: Question, bound: number | null): number {
  const prompt = estimatedPrompt(question);
  if (isJsonQuestion(question) && question.endpoint !== "completions") return prompt;
  const options = isJsonQuestion(question) ? question.body : question.options;
  return prompt + (count(options.max_tokens) ?? count(options.max_completion_tokens) ?? bound ?? ANSWER_TOKENS_DEFAULT);
}

/** Estimates the tokens of a prompt. */
export function estimatedPrompt(question: Question): number {
  if (!isJsonQuestion(question)) return question.messages.reduce((sum, message) => sum + tokensOf(message), 0);
  const characters = textsIn(question).reduce((sum, text) => sum + text.length, 0);
  return numberedTokensIn(question) + Math.ceil(characters / CHARACTERS_PER_TOKEN);
}

function tokensOf({ content, tool_calls }: ChatMessage): number {
  let characters = typeof content === "string" ? content.length : 0;
  let tokens = TOKENS_PER_MESSAGE;
  if (Array.isArray(content))
    for (const part of content) {
      if (typeof part.text === "string") characters += part.text.length;
      else tokens += TOKENS_PER_IMAGE;
    }
  for (const call of tool_calls ?? []) characters += argumentsOf(call);
  return tokens + Math.ceil(characters / CHARACTERS_PER_TOKEN);
}

function argumentsOf({ function: called }: Readonly<Record<string, unknown>>): number {
  return isObject(called) && typeof called.arguments === "string" ? called.arguments.length : 0;
}

const count = (value: unknown): number | undefined =>
  typeof value === "number" && Number.isInteger(value) && value >= 0 ? value : undefined;
