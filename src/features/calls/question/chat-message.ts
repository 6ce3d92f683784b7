import { invalid } from "../../../input/validate.js";
import type { ChatMessage } from "../../../upstream/provider.js";
import { type MessageInput, MessageRole } from "./message.input.js";

const NAMED = new Set(["role", "content", "name", "tool_calls", "tool_call_id"]);

/**
 * Makes the upstream's message. `field` is the message's place in the input. Throws INVALID_INPUT if its fields do not
 * fit together. It refuses only what no model can read. Real conversations hold the following, which pass on:
 *
 * | message | who keeps such messages |
 * |---|---|
 * | content "" or a list without parts, of any role | tools without output, system prompts that a template left empty |
 * | ASSISTANT without content and without tool calls | refusals, audio, function_call, answers that were cut (all SDKs) |
 * | an empty list of tool calls | openai-python's `model_dump`, LangChain, LiteLLM |
 * | FUNCTION, the older function interface | LangChain before 0.1, Semantic Kernel, fine-tuned models of 2023 |
 */
export function toChatMessage(message: MessageInput, field: string): ChatMessage {
  const { role, content, parts, name, toolCalls, toolCallId, providerOptions } = message;
  const mayBeWithoutContent = role === MessageRole.ASSISTANT || role === MessageRole.FUNCTION;
  const asksForTools = (toolCalls?.length ?? 0) > 0;
  if (content != null && parts != null) throw invalid(field, "must have content or parts, not both", "both");
  if (content == null && parts == null && !mayBeWithoutContent)
    throw invalid(field, "must have content or parts", "neither");
  if (parts?.some((part) => typeof part.type !== "string"))
    throw invalid(`${field}.parts`, "must be objects with a type", "a part without a type");
  if (asksForTools && role !== MessageRole.ASSISTANT)
    throw invalid(`${field}.toolCalls`, "must be on an ASSISTANT message only", role);
  if ((toolCallId != null) !== (role === MessageRole.TOOL))
    throw invalid(`${field}.toolCallId`, "must be on a TOOL message, and only there", role);
  if (role === MessageRole.FUNCTION && name == null)
    throw invalid(`${field}.name`, "must be that of the function on a FUNCTION message", null);
  for (const option of Object.keys(providerOptions ?? {})) {
    if (NAMED.has(option))
      throw invalid(`${field}.providerOptions.${option}`, "must not set what has a field of its own", option);
  }
  return {
    ...providerOptions,
    role: role.toLowerCase() as ChatMessage["role"],
    content: content ?? parts ?? null,
    ...(name != null && { name }),
    ...(asksForTools && toolCalls && { tool_calls: toolCalls }),
    ...(toolCallId != null && { tool_call_id: toolCallId }),
  };
}
