import { invalid } from "../../input/validate.js";
import type { ChatMessage, ChatRequest } from "../../upstream/provider.js";
import { type LlmCallInput, type MessageInput, MessageRole } from "./call.input.js";

/** Fields of the upstream's request that the gateway sets itself, or that would make it lose count. */
const RESERVED = new Set(["model", "messages", "stream", "stream_options", "n"]);

const MESSAGE_FIELDS = new Set(["role", "content", "name", "tool_calls", "tool_call_id"]);

/** The upstream's request out of a call's input, without its model. INVALID_INPUT where the messages do not add up. */
export function toChatRequest(input: LlmCallInput, stream: boolean): Omit<ChatRequest, "model"> {
  const named = {
    temperature: input.temperature,
    max_tokens: input.maxTokens,
    top_p: input.topP,
    stop: input.stop,
    seed: input.seed,
    tools: input.tools,
    tool_choice: input.toolChoice,
    response_format: input.responseFormat,
  };
  for (const name of Object.keys(input.providerOptions ?? {})) {
    if (name in named || RESERVED.has(name))
      throw invalid("input.providerOptions", "must not set what the gateway sets or what has a field of its own", name);
  }
  const given = Object.entries(named).filter(([, value]) => value != null);
  const messages = input.messages.map((message, index) => toChatMessage(message, `input.messages[${index}]`));
  return { messages, options: { ...input.providerOptions, ...Object.fromEntries(given) }, stream };
}

function toChatMessage(message: MessageInput, field: string): ChatMessage {
  const { role, content, parts, name, toolCalls, toolCallId } = message;
  const asksForTools = role === MessageRole.ASSISTANT && (toolCalls?.length ?? 0) > 0;
  if (content != null && parts != null) throw invalid(field, "must have content or parts, not both", "both");
  if (content == null && parts == null && !asksForTools) throw invalid(field, "must have content or parts", "neither");
  if (content === "" && role !== MessageRole.ASSISTANT && role !== MessageRole.TOOL)
    throw invalid(`${field}.content`, "must not be empty", content);
  if (parts && (parts.length === 0 || parts.some((part) => typeof part.type !== "string"))) {
    throw invalid(
      `${field}.parts`,
      "must be objects with a type, at least one",
      parts.length === 0 ? [] : "a part without a type",
    );
  }
  if (toolCalls != null && !asksForTools)
    throw invalid(`${field}.toolCalls`, "must be at least one, on an ASSISTANT message only", role);
  if ((toolCallId != null) !== (role === MessageRole.TOOL))
    throw invalid(`${field}.toolCallId`, "must be on a TOOL message, and only there", role);
  for (const name of Object.keys(message.providerOptions ?? {})) {
    if (MESSAGE_FIELDS.has(name))
      throw invalid(`${field}.providerOptions`, "must not set what has a field of its own", name);
  }
  return {
    ...message.providerOptions,
    role: role.toLowerCase() as ChatMessage["role"],
    content: content ?? parts ?? null,
    ...(name != null && { name }),
    ...(toolCalls != null && { tool_calls: toolCalls }),
    ...(toolCallId != null && { tool_call_id: toolCallId }),
  };
}
