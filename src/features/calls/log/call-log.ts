import { stringifyExact } from "../../../lib/json/exact-json.js";
import { MemoryStreamLog } from "../../../streams/memory-stream-log.js";
import type { StreamLog } from "../../../streams/stream-log.js";
import { Answer, type AnswerSoFar } from "./answer.js";
import type { CallItem } from "./call-event.js";
import type { EndedCall } from "./call-row.js";

/** What a sequence of items adds up to. */
export interface CallState extends AnswerSoFar {
  /** How often everything before was discarded. */
  readonly restarts: number;
  /** The settled call, if its end is among the items. */
  readonly finished?: EndedCall;
}

export type CallLog = StreamLog<CallItem, CallState>;

/** How many items of a call are kept one by one, and how many characters. A reader further behind gets one snapshot. */
const ITEMS_MAX = 4_096;
const CHARACTERS_MAX = 4 * 1024 * 1024;
/** Long enough for a client that lost its connection at the end. Later, the call's row answers as well. */
const KEPT_MS = 10_000;

export function createCallLog(): MemoryStreamLog<CallItem, CallState> {
  return new MemoryStreamLog({ fold, sizeOf, itemsMax: ITEMS_MAX, sizeMax: CHARACTERS_MAX, keptMs: KEPT_MS });
}

function fold(state: CallState | undefined, items: readonly CallItem[]): CallState {
  let answer = new Answer(state);
  let { restarts = 0, finished } = state ?? {};
  for (const item of items) {
    if (item.type === "model-switched" && item.discard) {
      answer = new Answer();
      restarts += 1;
    } else if (item.type === "finished") finished = item.call;
    else if (item.type !== "started" && item.type !== "model-switched" && item.type !== "extension") answer.add(item);
  }
  return { ...answer.soFar, restarts, ...(finished && { finished }) };
}

function sizeOf(item: CallItem): number {
  if (item.type === "text-delta" || item.type === "reasoning-delta") return item.content.length;
  if (item.type === "extension") return stringifyExact(item.fields).length;
  if (item.type !== "tool-call-delta") return 0;
  return (item.arguments?.length ?? 0) + (item.extra ? stringifyExact(item.extra).length : 0);
}
