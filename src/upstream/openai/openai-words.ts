import { entryOf } from "../../lib/entry-of.js";
import { isObject } from "../../lib/json/unknown-json.js";
import type { ChatMessage, ChatRequest, UnknownFields } from "../provider.js";

/** What other providers' clients say of a message, and OpenAI refuses. */
const OF_OTHERS_IN_MESSAGES = [
  "reasoning_content",
  "reasoning",
  "reasoning_details",
  "thinking_blocks",
  "is_error",
  "cache_control",
];
/** The same of a part of a content, and of a tool. */
const OF_OTHERS_IN_PARTS = ["cache_control", "citations", "title", "context"];
/** Options of other providers. What they say has no counterpart, or is said in another option too. */
const OF_OTHERS = ["thinking", "top_k", "enable_thinking", "thinking_budget", "cache_control"];
/** OpenAI's efforts. Anthropic's "max" is above the highest. */
const EFFORTS: Readonly<Record<string, string>> = { max: "high" };

/**
 * Leaves out of a request what OpenAI itself does not know, and says the rest as OpenAI takes it. Conversations come from
 * clients of other formats too, and from models of other providers that the same group falls back from.
 */
export const inOpenAisWords = (request: ChatRequest): ChatRequest => ({
  ...optionsInWords(request),
  messages: messagesInWords(request.messages),
});

/** The same for the options alone. */
export function optionsInWords(request: ChatRequest): ChatRequest {
  const options = without(request.options, OF_OTHERS);
  const { tools } = options;
  const effort = entryOf(EFFORTS, options.reasoning_effort);
  const own = Array.isArray(tools) && tools.map((tool) => (isObject(tool) ? without(tool, OF_OTHERS_IN_PARTS) : tool));
  return {
    ...request,
    options: {
      ...options,
      ...(own && { tools: own }),
      ...(effort !== undefined && { reasoning_effort: effort }),
    },
  };
}

/** The result of a tool is text. Images in it are shown in a user's message, after all results of the turn. */
function messagesInWords(messages: readonly ChatMessage[]): ChatMessage[] {
  const said: ChatMessage[] = [];
  let shown: UnknownFields[] = [];
  const show = (): void => {
    if (shown.length > 0) said.push({ role: "user", content: shown });
    shown = [];
  };
  for (const message of messages) {
    if (message.role !== "tool") show();
    const { content, ...rest } = without({ ...message } as ChatMessage & UnknownFields, OF_OTHERS_IN_MESSAGES);
    const parts = Array.isArray(content) ? content.map((part) => without(part, OF_OTHERS_IN_PARTS)) : undefined;
    if (message.role !== "tool" || !parts || parts.every(isText)) {
      said.push({ ...rest, content: parts ?? content });
      continue;
    }
    const texts = parts.filter(isText);
    said.push({ ...rest, content: texts.length > 0 ? texts : "The result is in the user's next message." });
    shown.push(...parts.filter((part) => !isText(part)));
  }
  show();
  return said;
}

const isText = ({ type }: UnknownFields): boolean => type === "text";

function without<Fields extends UnknownFields>(fields: Fields, names: readonly string[]): Fields {
  if (!names.some((name) => name in fields)) return fields;
  return Object.fromEntries(Object.entries(fields).filter(([name]) => !names.includes(name))) as Fields;
}
