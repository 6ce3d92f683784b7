import { stringifyExact } from "../lib/json/exact-json.js";
import type { ChatMessage } from "./provider.js";
import { slicesOf } from "./text-slices.js";
import { type TokenPiece, TokenWorker } from "./token-worker.js";

/**
 * This is about 130,000 tokens, which take 2 s at worst. A broken upstream may send up to 32 MiB.
 */
const COUNTED_CHARACTERS_MAX = 512 * 1024;
/** So much of a text is counted while many long ones wait. It takes 20 ms at worst, for random Chinese. */
const COUNTED_IN_A_HURRY_CHARACTERS_MAX = 4 * 1024;
/** The proportion in English, for the case that the thread breaks. */
const CHARACTERS_PER_TOKEN = 4;

const worker = new TokenWorker();

/**
 * Counts the tokens of a text in o200k_base, the vocabulary of GPT-4o and later. For other models the count is an
 * estimate. It is exact for text with a space in every 512 characters, and a few tokens in a thousand off for other
 * text. If a text has more than 512 Ki characters, its start is counted, and the rest is assumed to be like it. If many
 * long texts wait to be counted, only the first 4 Ki characters are. Never rejects.
 */
export function countTextTokens(text: string): Promise<number> {
  return countTexts([text]);
}

async function countTexts(texts: readonly string[]): Promise<number> {
  const all = texts.reduce((sum, text) => sum + text.length, 0);
  if (all === 0) return 0;
  const whole = Math.min(all, COUNTED_CHARACTERS_MAX);
  const { slices, characters } = startOf(
    texts,
    worker.isFull(whole) ? COUNTED_IN_A_HURRY_CHARACTERS_MAX : COUNTED_CHARACTERS_MAX,
  );
  const counted = await worker.count(slices, characters);
  return counted === undefined ? estimate(all) : inProportion(counted, characters, all);
}

/** Returns the slices of the first so many characters of some texts. */
function startOf(texts: readonly string[], charactersMax: number): { slices: string[]; characters: number } {
  const slices: string[] = [];
  let characters = 0;
  for (const text of texts) {
    const taken = text.slice(0, charactersMax - characters);
    slices.push(...slicesOf(taken));
    characters += taken.length;
    if (characters === charactersMax) break;
  }
  return { slices, characters };
}

const inProportion = (tokens: number, counted: number, all: number): number =>
  counted < all ? Math.round((tokens * all) / counted) : tokens;

const estimate = (characters: number): number => Math.ceil(characters / CHARACTERS_PER_TOKEN);

/**
 * Cuts a text token by token. Joined, the pieces are the text again, with U+FFFD for halves of surrogate pairs. A long
 * text is cut while it is read, and lets others have their turn.
 */
export async function* tokenPieces(text: string): AsyncGenerator<TokenPiece, void, undefined> {
  for (const slice of slicesOf(text))
    yield* (await worker.cut(slice)) ?? [{ text: slice, tokens: estimate(slice.length) }];
}

/** The figures of the recipe below. They hold for every model of OpenAI's since June 2023. */
const TOKENS_PER_MESSAGE = 3;
const TOKENS_PER_NAME = 1;
const TOKENS_OF_REPLY_PRIMER = 3;
/**
 * The least that OpenAI charges for an image ("detail": "low"). The rest depends on its size, which we do not look at.
 */
const TOKENS_PER_IMAGE = 85;

/**
 * Counts the tokens of a prompt by the recipe of OpenAI's cookbook ("How to count tokens with tiktoken",
 * num_tokens_from_messages). Tool calls count as the text of their names and arguments, and an image as 85 tokens.
 * Audio and files count as 0, so for such prompts the estimate is a lower bound.
 */
export async function countPromptTokens(messages: readonly ChatMessage[]): Promise<number> {
  const prompt: Countable = { tokens: TOKENS_OF_REPLY_PRIMER, texts: [] };
  for (const message of messages) addMessage(prompt, message);
  return prompt.tokens + (await countTexts(prompt.texts));
}

/** What a prompt consists of: texts that are to be counted, and what is known without counting. */
interface Countable {
  tokens: number;
  readonly texts: string[];
}

function addMessage(prompt: Countable, { role, content, name, tool_calls, tool_call_id }: ChatMessage): void {
  prompt.tokens += TOKENS_PER_MESSAGE + (name === undefined ? 0 : TOKENS_PER_NAME);
  prompt.texts.push(role);
  if (typeof content === "string") prompt.texts.push(content);
  else for (const part of content ?? []) addPart(prompt, part);
  if (name !== undefined) prompt.texts.push(name);
  for (const call of tool_calls ?? []) prompt.texts.push(stringifyExact(call.function ?? ""));
  if (tool_call_id !== undefined) prompt.texts.push(tool_call_id);
}

function addPart(prompt: Countable, part: Readonly<Record<string, unknown>>): void {
  if (typeof part.text === "string") prompt.texts.push(part.text);
  else if (part.type === "image_url") prompt.tokens += TOKENS_PER_IMAGE;
}
