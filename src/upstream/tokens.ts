import { countTokens, decodeGenerator, encode, setMergeCacheSize } from "gpt-tokenizer/encoding/o200k_base";
import { stringifyExact } from "../lib/exact-json.js";
import type { ChatMessage } from "./provider.js";

/**
 * The tokenizer's time grows with the square of the longest stretch without a break: 100,000 letters took 7 s. Slices
 * keep stretches short. The tokenizer also caches stretches that it has merged, by default 100,000 of them; this many
 * take some megabytes.
 */
const SLICE_CHARACTERS = 512;
setMergeCacheSize(4096);

/**
 * This is about 130,000 tokens. Counting them blocks the process for 0.1 s. A broken upstream may send up to 32 MiB.
 */
const COUNTED_CHARACTERS_MAX = 512 * 1024;

/** Text of users may contain "<|endoftext|>". It counts as text, not as a command. */
const AS_TEXT = { disallowedSpecial: new Set<string>() };

/**
 * Counts the tokens of a text in o200k_base, the vocabulary of GPT-4o and later. For other models the count is an
 * estimate. It is exact for text with a space in every 512 characters, and a few tokens in a thousand off for other
 * text. If a text has more than 512 Ki characters, its start is counted, and the rest is assumed to be like it. Never
 * throws.
 */
export function countTextTokens(text: string): number {
  const counted = text.slice(0, COUNTED_CHARACTERS_MAX);
  let tokens = 0;
  for (const slice of slicesOf(counted)) tokens += countTokens(slice, AS_TEXT);
  return counted.length < text.length ? Math.round((tokens * text.length) / counted.length) : tokens;
}

export interface TokenPiece {
  readonly text: string;
  /** Usually 1. If a character takes several tokens, the piece is that character. */
  readonly tokens: number;
}

/** Cuts a text token by token. Joined, the pieces are the text again, with U+FFFD for halves of surrogate pairs. */
export function tokenPieces(text: string): TokenPiece[] {
  const pieces: TokenPiece[] = [];
  for (const slice of slicesOf(text)) {
    let taken = 0;
    const counted = (function* () {
      for (const token of encode(slice, AS_TEXT)) {
        taken += 1;
        yield token;
      }
    })();
    for (const piece of decodeGenerator(counted)) {
      pieces.push({ text: piece, tokens: taken });
      taken = 0;
    }
  }
  return pieces;
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
export function countPromptTokens(messages: readonly ChatMessage[]): number {
  return messages.reduce((sum, message) => sum + countMessageTokens(message), TOKENS_OF_REPLY_PRIMER);
}

function countMessageTokens({ role, content, name, tool_calls, tool_call_id }: ChatMessage): number {
  let tokens = TOKENS_PER_MESSAGE + countTextTokens(role);
  if (typeof content === "string") tokens += countTextTokens(content);
  else for (const part of content ?? []) tokens += countPartTokens(part);
  if (name !== undefined) tokens += TOKENS_PER_NAME + countTextTokens(name);
  for (const call of tool_calls ?? []) tokens += countTextTokens(stringifyExact(call.function ?? ""));
  if (tool_call_id !== undefined) tokens += countTextTokens(tool_call_id);
  return tokens;
}

function countPartTokens(part: Readonly<Record<string, unknown>>): number {
  if (typeof part.text === "string") return countTextTokens(part.text);
  return part.type === "image_url" ? TOKENS_PER_IMAGE : 0;
}

/**
 * Yields slices of at most 512 characters. A slice ends before the last space that follows another character, because
 * no token of o200k_base reaches across that. If there is no such space, it ends after 512 characters, but never inside
 * a surrogate pair.
 */
function* slicesOf(text: string): Generator<string> {
  let start = 0;
  while (text.length - start > SLICE_CHARACTERS) {
    const end = start + SLICE_CHARACTERS;
    const cut = lastBreak(text, start, end) ?? (isHighSurrogate(text.charCodeAt(end - 1)) ? end - 1 : end);
    yield text.slice(start, cut);
    start = cut;
  }
  if (start < text.length) yield text.slice(start);
}

function lastBreak(text: string, start: number, end: number): number | undefined {
  for (let at = end; at > start + 1; at--) {
    if (text.charCodeAt(at) === SPACE && /\S/.test(text.charAt(at - 1))) return at;
  }
  return undefined;
}

const SPACE = 0x20;
const isHighSurrogate = (unit: number): boolean => unit >= 0xd800 && unit <= 0xdbff;
