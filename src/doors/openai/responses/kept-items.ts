import type { LlmCallRow } from "../../../features/calls/call.service.js";
import { toolCallsOf } from "../../../features/calls/log/answer.js";
import { BesideAnswer } from "../../../features/calls/log/beside-answer.js";
import type { Response } from "../../../features/responses/response.service.js";
import { entryOf } from "../../../lib/json/entry-of.js";
import type { JsonObject } from "../../../lib/json/json.js";
import { ResponseOutput } from "./output/response-output.js";
import { type ItemKind, inputItemId } from "./response-ids.js";

const KINDS: Readonly<Record<string, ItemKind>> = {
  message: "msg",
  function_call: "fc",
  custom_tool_call: "ctc",
  reasoning: "rs",
  compaction: "cmp",
};

/** The items of a response's own input, each with an id. A client that gave none can find them by it. */
export const inputItemsOf = ({ call, input }: Response): JsonObject[] =>
  input.map((item, place) => shownItem(item, call.id, place));

/** An item of an input as it is shown: with an id, and with content in parts. `place` counts the items from 0. */
export function shownItem(item: JsonObject, callId: string, place: number): JsonObject {
  const { type = "message" } = item;
  const shown = { type, id: inputItemId(entryOf(KINDS, type) ?? "fco", callId, place), ...item };
  if (type !== "message" || typeof item.content !== "string") return shown;
  const partType = item.role === "assistant" ? "output_text" : "input_text";
  return { ...shown, content: [{ type: partType, text: item.content }] };
}

/** The items of an answer as its call has kept them, with all that the model needs if they are sent back. */
export function outputItemsOf(call: LlmCallRow): JsonObject[] {
  const output = new ResponseOutput({ callId: call.id, showsPacked: true, showsLogprobs: false });
  const said = {
    type: "snapshot",
    content: call.content ?? "",
    reasoning: call.reasoning ?? "",
    reasoningField: "reasoning_content",
    toolCalls: toolCallsOf(call),
  } as const;
  const { isRefusal } = new BesideAnswer(call.extensions as JsonObject);
  for (const _ of output.catchUp(said, isRefusal));
  for (const _ of output.takeKept(call.extensions as JsonObject));
  for (const _ of output.close("completed"));
  return output.shapes("completed") as JsonObject[];
}
