import { performance } from "node:perf_hooks";
import type { RequestContext } from "../../../edge/context.js";
import { holdSlot } from "../../../edge/http/event-stream.js";
import type { LlmCallRow } from "../../../features/calls/call.service.js";
import type { LlmCallInput } from "../../../features/calls/question/call.input.js";
import { leaveOn } from "../../../lib/async/abortable.js";
import type { TellProgress } from "../tool.js";

/** An agent wants to know that the model speaks, and not each word. */
const TELL_EVERY_MS = 500;

/**
 * Makes a call, and tells while it runs how many characters have come. Clients that give up after a while do not count the
 * time from the last that they heard. The answer is an event stream, which takes its slot before anything is bought.
 */
export async function callWithProgress(
  context: RequestContext,
  input: LlmCallInput,
  tell: TellProgress,
): Promise<LlmCallRow> {
  const { services, viewer, record, signal } = context;
  holdSlot(services.openStreams, context);
  const { id } = record.ofCall(await services.calls.begin(viewer, input, "streamed", { limitSink: record }));
  const events = await services.callFollower.follow(viewer, id, 0);
  leaveOn(signal, () => events.return());
  let characters = 0;
  let toldMs = Number.NEGATIVE_INFINITY;
  for await (const event of events) {
    if (event.type === "finished") return event.call;
    if (event.type !== "text-delta" && event.type !== "reasoning-delta") continue;
    characters += event.content.length;
    if (performance.now() - toldMs < TELL_EVERY_MS) continue;
    toldMs = performance.now();
    await tell(characters, `${characters} characters have come.`);
  }
  return services.calls.get(viewer, id);
}
