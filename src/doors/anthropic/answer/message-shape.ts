import type { LlmCallRow } from "../../../features/calls/call.service.js";
import { type ToolCallOfAnswer, toolCallsOf } from "../../../features/calls/log/answer.js";
import type { CallEvent } from "../../../features/calls/log/call-event.js";
import { isObject, parseJson } from "../../../lib/json/unknown-json.js";
import { answerBeside } from "../../chat/answer-beside.js";
import { ownBlocksIn } from "../own-blocks.js";
import { stopOf } from "./stop-of.js";
import { thinkingBlocks } from "./thinking-blocks.js";
import { usageOf } from "./usage-of.js";

/** What Anthropic says of a message before it says anything. */
export const emptyMessage = (callId: string, model: string | null, usage: object) => ({
  id: `msg_${callId}`,
  type: "message",
  role: "assistant",
  model,
  content: [] as object[],
  container: null,
  diagnostics: null,
  stop_details: null as object | null,
  stop_reason: null as string | null,
  stop_sequence: null as string | null,
  usage,
});

/** The whole answer of a settled call, as a message of Anthropic's: first the thoughts, then what ran at Anthropic, then the
 * text, then the tools. */
export function messageShape(call: LlmCallRow, events: readonly CallEvent[]): object {
  const { beside, reasoning, isRefusal } = answerBeside(call, events);
  const { thinking_blocks: sent, citations, content_parts: others } = beside.of("delta");
  const blocks = thinkingBlocks(sent);
  const thoughts = blocks.length > 0 || reasoning === "" ? blocks : [unsigned(reasoning)];
  // Clients differ in whether they take null for no citations. Each takes that the field is not there.
  const text = { type: "text", text: call.content, ...(Array.isArray(citations) && { citations }) };
  return {
    ...emptyMessage(call.id, call.model, usageOf(call, beside.of("usage"))),
    content: [...thoughts, ...ownBlocksIn(others), ...(call.content ? [text] : []), ...toolCallsOf(call).map(toolUse)],
    ...stopOf({ finishReason: call.finishReason, choice: beside.of("choice"), isRefusal }),
  };
}

/** A thought of a model that signs none. Clients look for the field. */
const unsigned = (thinking: string) => ({ type: "thinking", thinking, signature: "" });

const toolUse = ({ id, name, arguments: text }: ToolCallOfAnswer) => ({
  type: "tool_use",
  id,
  name,
  input: inputOf(text),
  caller: DIRECT,
});

/** Anthropic's servers too can call tools. Here only the model does. */
export const DIRECT = { type: "direct" } as const;

/**
 * The input that the model wrote. If that is no JSON, such as after the most tokens, it stands under a name that
 * no tool has, so that no tool is called with the half of its input.
 */
export function inputOf(text: string): object {
  const input = text.trim() === "" ? {} : parseJson(text);
  return isObject(input) ? input : { INVALID_JSON: text };
}
