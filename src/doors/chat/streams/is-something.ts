import type { CallEvent } from "../../../features/calls/log/call-event.js";

/** Whether a client has something of an answer, or its end, with this event. */
export function isSomething(event: CallEvent): boolean {
  if (event.type === "text-delta" || event.type === "reasoning-delta") return event.content !== "";
  if (event.type === "snapshot") return event.content + event.reasoning !== "" || event.toolCalls.length > 0;
  if (event.type === "extension") return event.at === "delta";
  return event.type === "tool-call-delta" || event.type === "finished";
}
