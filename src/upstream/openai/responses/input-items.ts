import { isObject } from "../../../lib/json/unknown-json.js";
import type { ChatMessage, UnknownFields } from "../../provider.js";

type Item = UnknownFields;

/** Says a message of a chat as items of a response's input: thoughts, what was said, and calls of tools are items each. */
export function inputItems(message: ChatMessage): Item[] {
  if (message.role === "tool")
    return [{ type: "function_call_output", call_id: message.tool_call_id, output: outputOf(message.content) }];
  if (message.role !== "assistant") return [said(message)];
  const hasContent = message.content !== null && message.content !== "" && message.content.length > 0;
  return [...thoughtsOf(message), ...(hasContent ? [said(message)] : []), ...callsOf(message)];
}

function said({ role, content }: ChatMessage): Item {
  const parts = typeof content === "string" || content === null ? [{ type: "text", text: content ?? "" }] : content;
  // The older result of a function has no id to go with, so it is something that the user says.
  const speaker = role === "function" ? "user" : role;
  return { type: "message", role: speaker, content: parts.map((part) => partOf(part, role === "assistant")) };
}

function partOf(part: UnknownFields, isAnswer: boolean): UnknownFields {
  switch (part.type) {
    case "text":
      return { type: isAnswer ? "output_text" : "input_text", text: part.text };
    case "refusal":
      return { type: "refusal", refusal: part.refusal };
    case "image_url": {
      const { url, detail = "auto" } = isObject(part.image_url) ? part.image_url : { url: part.image_url };
      return { type: "input_image", image_url: url, detail };
    }
    case "file":
      return { type: "input_file", ...(isObject(part.file) && part.file) };
    default:
      return part;
  }
}

/** A tool's result is a text, or parts if there is more than text in it. */
function outputOf(content: ChatMessage["content"]): unknown {
  if (content === null || typeof content === "string") return content ?? "";
  return content.map((part) => partOf(part, false));
}

/** Thoughts go back as OpenAI encrypted them. Summaries alone, and thoughts of others, mean nothing to it. */
function thoughtsOf(message: ChatMessage): Item[] {
  const { reasoning_details: details } = message as ChatMessage & UnknownFields;
  const given = Array.isArray(details) ? details.filter(isObject) : [];
  return given
    .filter(({ type, format }) => type === "reasoning.encrypted" && format === FORMAT)
    .map(({ id, data }) => ({
      type: "reasoning",
      ...(typeof id === "string" && { id }),
      summary: [],
      encrypted_content: data,
    }));
}

/** The name that OpenRouter gives to thoughts that OpenAI's responses encrypted. */
export const FORMAT = "openai-responses-v1";

function callsOf({ tool_calls: calls = [] }: ChatMessage): Item[] {
  return calls.flatMap(({ id, function: target, custom }): Item[] => {
    if (isObject(target))
      return [{ type: "function_call", call_id: id, name: target.name, arguments: target.arguments ?? "" }];
    if (isObject(custom))
      return [{ type: "custom_tool_call", call_id: id, name: custom.name, input: custom.input ?? "" }];
    return [];
  });
}
