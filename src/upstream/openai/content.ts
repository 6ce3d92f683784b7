import { isObject } from "../../lib/json/unknown-json.js";
import type { ReasoningField, UnknownFields } from "../provider.js";

/** What a message or a delta says, in whatever form. */
export interface Said {
  readonly text: string;
  readonly reasoning: string;
  readonly reasoningField: ReasoningField;
  readonly refusal: string;
  /** The fields of reasoning that are read here. Another one with the same text goes on as it came. */
  readonly readFields: readonly string[];
  /** Parts of the content that are neither text nor reasoning, such as an image. */
  readonly otherParts: readonly unknown[];
}

/**
 * Reads what a message or a delta says:
 *
 * | what is sent | who does so |
 * |---|---|
 * | `content` is text | OpenAI |
 * | `content` is a list of parts of type text and thinking | Mistral's reasoning models |
 * | `reasoning_content` is text | DeepSeek, vLLM, LiteLLM, xAI |
 * | `reasoning` is text | OpenRouter, Ollama, Groq |
 * | `refusal` is text | OpenAI |
 */
export function saidIn(given: UnknownFields): Said {
  const { text, reasoning, otherParts } = contentIn(given.content);
  const field = FIELDS.find((name) => typeof given[name] === "string" && given[name] !== "");
  return {
    text,
    reasoning: reasoning + (field === undefined ? "" : String(given[field])),
    reasoningField: field ?? "reasoning_content",
    readFields: FIELDS.filter((name) => name === field || given[name] === ""),
    refusal: typeof given.refusal === "string" ? given.refusal : "",
    otherParts,
  };
}

const FIELDS: readonly ReasoningField[] = ["reasoning_content", "reasoning"];

type ContentPart =
  | { readonly type: "text" | "reasoning"; readonly text: string }
  | { readonly type: "other"; readonly text: ""; readonly part: unknown };

function contentIn(content: unknown): Pick<Said, "text" | "reasoning" | "otherParts"> {
  if (typeof content === "string") return { text: content, reasoning: "", otherParts: [] };
  const parts = Array.isArray(content) ? content.filter((part) => part != null).map(partOf) : [];
  const textOf = (wanted: ContentPart["type"]) => parts.map(({ type, text }) => (type === wanted ? text : "")).join("");
  const otherParts = parts.flatMap((part) => (part.type === "other" ? [part.part] : []));
  return { text: textOf("text"), reasoning: textOf("reasoning"), otherParts };
}

function partOf(part: unknown): ContentPart {
  if (typeof part === "string") return { type: "text", text: part };
  if (!isObject(part)) return { type: "other", text: "", part };
  // Mistral nests the text of a thought in a list of parts of its own; Anthropic does not.
  const thought = part.thinking ?? part.reasoning;
  if (typeof thought === "string") return { type: "reasoning", text: thought };
  if (Array.isArray(thought)) return { type: "reasoning", text: thought.map(textOfPart).join("") };
  return typeof part.text === "string" ? { type: "text", text: part.text } : { type: "other", text: "", part };
}

const textOfPart = (part: unknown): string => (isObject(part) && typeof part.text === "string" ? part.text : "");
