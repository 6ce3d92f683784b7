import type { Numbered } from "../../../streams/stream-log.js";
import type { ReasoningField, ShownPart, UnknownFields } from "../../../upstream/provider.js";
import type { ToolCallOfAnswer } from "./answer.js";
import type { EndedCall } from "./call-row.js";

export type { UnknownFields };

/** What the log of a call holds, in order: `started` first, `finished` last and once. */
export type CallItem =
  | { readonly type: "started"; readonly model: string }
  | ShownPart
  | {
      readonly type: "model-switched";
      readonly fromModel: string;
      readonly toModel: string;
      readonly reason: string;
      /** The next model starts over: what came before is void. */
      readonly discard: boolean;
    }
  | { readonly type: "finished"; readonly call: EndedCall };

/** Replaces all that came before. */
export interface Snapshot {
  readonly type: "snapshot";
  readonly content: string;
  readonly reasoning: string;
  readonly reasoningField: ReasoningField;
  readonly toolCalls: readonly ToolCallOfAnswer[];
}

/** What the followers of a call see. */
export type CallEvent = { readonly callId: string; readonly sequence: number } & (CallItem | Snapshot);

/** The events without what an upstream sent beside the answer, for doors that have no names for that. */
export type PlainCallEvent = Exclude<CallEvent, { type: "extension" }>;

export const isPlain = (event: CallEvent): event is PlainCallEvent => event.type !== "extension";

/** Joins neighbouring deltas that wait for a reader into one, which has the sequence of the last. */
export function mergeDeltas(items: readonly Numbered<CallItem>[]): Numbered<CallItem>[] {
  const merged: Numbered<CallItem>[] = [];
  for (const entry of items) {
    const previous = merged.at(-1);
    const joined = previous && join(previous.item, entry.item);
    if (joined) merged[merged.length - 1] = { sequence: entry.sequence, item: joined };
    else merged.push(entry);
  }
  return merged;
}

/** Joins two deltas into one. Returns undefined if the second does not continue the first. */
function join(first: CallItem, second: CallItem): CallItem | undefined {
  if (first.type === "text-delta" && second.type === "text-delta" && first.isRefusal === second.isRefusal)
    return { ...first, content: first.content + second.content };
  if (first.type === "reasoning-delta" && second.type === "reasoning-delta" && first.field === second.field)
    return { ...first, content: first.content + second.content };
  if (first.type !== "tool-call-delta" || second.type !== "tool-call-delta" || first.index !== second.index)
    return undefined;
  const id = first.id ?? second.id;
  const extra = (first.extra ?? second.extra) && { extra: { ...first.extra, ...second.extra } };
  return {
    ...first,
    ...(id !== undefined && { id }),
    ...extra,
    name: (first.name ?? "") + (second.name ?? ""),
    arguments: (first.arguments ?? "") + (second.arguments ?? ""),
  };
}
