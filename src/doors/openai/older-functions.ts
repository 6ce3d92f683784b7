import type { LlmCallRow } from "../../features/calls/call.service.js";
import { type ToolCallOfAnswer, toolCallsOf } from "../../features/calls/log/answer.js";
import type { CallEvent } from "../../features/calls/log/call-event.js";
import type { JsonObject } from "../../lib/json/json.js";
import { isObject } from "../../lib/json/unknown-json.js";

/**
 * Whether a request uses OpenAI's interface of 2023: `functions` and `function_call` instead of tools. Its answer then has a
 * `function_call` too.
 */
export const usesFunctions = ({ functions, tools }: JsonObject): boolean =>
  Array.isArray(functions) && functions.length > 0 && !(Array.isArray(tools) && tools.length > 0);

/**
 * Says in tools what a request says in functions, because not every upstream knows the older interface:
 *
 * | older | newer |
 * |---|---|
 * | `functions` | `tools`, one at a time |
 * | `function_call`: auto, none, or a function's name | `tool_choice` |
 * | an assistant's `function_call`, if its result follows | one tool call, with an id that is made of its place |
 * | the result, which is a function's message | a tool's message with that id |
 *
 * Messages keep their places, so that errors name the right ones.
 */
export function withTools<Body extends JsonObject & { readonly messages: JsonObject[] }>(body: Body): JsonObject {
  const messages = toolMessages(body.messages);
  if (!usesFunctions(body)) return { ...body, messages };
  const { functions, function_call: choice, ...rest } = body;
  return {
    ...rest,
    messages,
    tools: (functions as JsonObject[]).map((each) => ({ type: "function", function: each })),
    // The older interface has one call in an answer.
    parallel_tool_calls: false,
    ...(choice != null && { tool_choice: isObject(choice) ? { type: "function", function: choice } : choice }),
  } as JsonObject;
}

/** A call and its result are said anew if the one follows the other. A call without a result would be refused as a tool's. */
function toolMessages(messages: readonly JsonObject[]): JsonObject[] {
  return messages.map((message, index) => {
    const [before, after] = [messages[index - 1], messages[index + 1]];
    if (isCalledBy(message, after)) {
      const { function_call: call, ...rest } = message;
      return { ...rest, tool_calls: [{ id: idAt(index), type: "function", function: call as JsonObject }] };
    }
    if (!isCalledBy(before, message)) return message;
    const { name: _, ...result } = message;
    return { ...result, role: "tool", content: message.content ?? "", tool_call_id: idAt(index - 1) };
  });
}

const idAt = (index: number): string => `call_${index}`;

function isCalledBy(call: JsonObject | undefined, result: JsonObject | undefined): boolean {
  const target = call?.role === "assistant" ? call.function_call : undefined;
  const hasToolCalls = Array.isArray(call?.tool_calls) && call.tool_calls.length > 0;
  return isObject(target) && !hasToolCalls && result?.role === "function" && result.name === target.name;
}

/** Says in an event of a call what the older interface has for a tool call. It has one, so others are left out. */
export function inFunctions(event: CallEvent): CallEvent[] {
  switch (event.type) {
    case "tool-call-delta":
      return event.index === 0 ? [{ ...event, isFunctionCall: true }] : [];
    case "snapshot":
      return [{ ...event, toolCalls: functionCallIn(event.toolCalls) }];
    case "finished":
      return [{ ...event, call: endInFunctions(event.call) }];
    default:
      return [event];
  }
}

export function endInFunctions<Call extends LlmCallRow>(call: Call): Call {
  const toolCalls = functionCallIn(toolCallsOf(call)) as unknown as Call["toolCalls"];
  const finishReason = call.finishReason === "tool_calls" ? "function_call" : call.finishReason;
  return { ...call, toolCalls, finishReason };
}

const functionCallIn = (calls: readonly ToolCallOfAnswer[]): ToolCallOfAnswer[] =>
  calls.slice(0, 1).map((call) => ({ ...call, isFunctionCall: true }));
