import { isObject } from "../../lib/json/unknown-json.js";
import { UpstreamError } from "../failure/upstream-error.js";
import type { ChatRequest } from "../provider.js";
import { lastQuestion } from "./simulated-answer.js";

export interface Tool {
  readonly name: string;
  /** The JSON Schema of its arguments. */
  readonly parameters: unknown;
}

/**
 * Returns the tool that the simulated model calls, or undefined if it answers in text. `tool_choice` may demand a tool, or
 * any of them, which is the first. With "auto", which is also what no choice means, the user's words decide:
 *
 * | the last message | the tool |
 * |---|---|
 * | is not the user's, such as a tool's result | none |
 * | has a tool's whole name, such as "get_weather" or "get weather" | that tool; of several, the longest name |
 * | has a word of a tool's name with at least four letters, such as "weather" | that tool; of several, the longest word |
 *
 * The first of two equal tools is called. Throws the refusal that OpenAI gives if `tools` does not have what is demanded.
 */
export function calledTool({ model, messages, options }: ChatRequest): Tool | undefined {
  const { tool_choice: choice, tools } = options;
  const functions = (Array.isArray(tools) ? tools : []).flatMap(toolOf);
  const named = isObject(choice) && isObject(choice.function) ? choice.function.name : undefined;
  if (choice !== "required" && named === undefined)
    return choice === "none" || messages.at(-1)?.role !== "user" ? undefined : meant(functions, lastQuestion(messages));
  const tool = functions.find(({ name }) => (named ?? name) === name);
  if (tool) return tool;
  throw new UpstreamError("invalid-request", model, { status: 400, text: "tool_choice names no tool in tools" });
}

function toolOf(given: unknown): Tool[] {
  const { name, parameters = { type: "object" } } =
    isObject(given) && isObject(given.function) ? given.function : ({} as Record<string, unknown>);
  return typeof name === "string" ? [{ name, parameters }] : [];
}

const WORD_MIN_LETTERS = 4;

function meant(tools: readonly Tool[], question: string): Tool | undefined {
  const said = ` ${wordsOf(question).join(" ")} `;
  const lengthIn = (words: string): number => (words !== "" && said.includes(` ${words} `) ? words.length : 0);
  const byName = (tool: Tool) => lengthIn(wordsOf(tool.name).join(" "));
  const byWord = ({ name }: Tool) =>
    Math.max(0, ...wordsOf(name).map((word) => (word.length >= WORD_MIN_LETTERS ? lengthIn(word) : 0)));
  return longest(tools, byName) ?? longest(tools, byWord);
}

function longest(tools: readonly Tool[], lengthOf: (tool: Tool) => number): Tool | undefined {
  const most = Math.max(0, ...tools.map(lengthOf));
  return most === 0 ? undefined : tools.find((tool) => lengthOf(tool) === most);
}

/** The words of a text in small letters. "getWeather", "get-weather" and "Get_weather" are two words each. */
const wordsOf = (text: string): string[] =>
  text
    .replace(/(\p{Ll})(\p{Lu})/gu, "$1 $2")
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean);
