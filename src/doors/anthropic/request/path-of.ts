import type { FieldPath } from "../../../edge/http/bodies/faults.js";
import { entryOf } from "../../../lib/json/entry-of.js";
import { conversationOf, type PlacedMessage } from "./conversation.js";
import type { MessagesBody } from "./messages-body.js";

/** Anthropic's names of the input's fields. */
const NAMES: Readonly<Record<string, FieldPath>> = {
  modelGroup: ["model"],
  maxTokens: ["max_tokens"],
  topP: ["top_p"],
  stop: ["stop_sequences"],
  toolChoice: ["tool_choice"],
  responseFormat: ["output_config", "format"],
};
/** Where the options come from that have another name for the upstream. */
const OPTIONS: Readonly<Record<string, FieldPath>> = {
  parallel_tool_calls: ["tool_choice", "disable_parallel_tool_use"],
  reasoning_effort: ["output_config", "effort"],
  user: ["metadata", "user_id"],
};

/** Finds the field of Anthropic's request that a field of the service's input was made of. */
export function pathOf([field, ...inside]: FieldPath, body: unknown): FieldPath {
  if (field === undefined) return [];
  const [first, second, ...rest] = inside;
  if (field === "messages" && typeof first === "number") {
    const message = conversationOf(body as MessagesBody, "any")[first];
    return message ? placeIn(message, second, rest) : [field];
  }
  if (field === "providerOptions") return [...(entryOf(OPTIONS, first) ?? [first ?? field]), ...inside.slice(1)];
  if (field === "tools" && second === "function") return [field, first ?? 0, ...rest.map(nameInTool)];
  return [...(entryOf(NAMES, field) ?? [field]), ...inside];
}

const nameInTool = (step: string | number) => (step === "parameters" ? "input_schema" : step);

function placeIn(message: PlacedMessage, field: FieldPath[number] | undefined, rest: FieldPath): FieldPath {
  const [index, inner, name] = rest;
  if (field === "parts") return (typeof index === "number" && message.parts[index]) || message.content;
  if (field === "toolCallId") return [...message.at, "tool_use_id"];
  if (field !== "toolCalls") return field === undefined ? message.at : message.content;
  const call = typeof index === "number" ? message.toolCalls[index] : undefined;
  if (!call || inner === undefined) return call ?? message.content;
  return [...call, inner !== "function" ? inner : name === "arguments" ? "input" : "name"];
}
