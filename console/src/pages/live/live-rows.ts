import type { RunningCallsQuery } from "../../api/graphql";

export type RunningCall = NonNullable<RunningCallsQuery["llmCalls"]>["edges"][number]["node"];

/** A call on the page. */
export interface LiveRow {
  readonly call: RunningCall;
  /** When the page learned that it runs no more, in milliseconds since 1970. Null while it runs. */
  readonly endedAt: number | null;
}

/** A call that has ended is shown so long, with how it ended. */
const SHOWN_MS = 5_000;
/** So many of them at most, so that the calls that run stay in sight if ten of them end in a second. */
const SHOWN_MAX = 5;
/** While a person points at the list, so many stay. */
const HELD_MAX = 200;

/**
 * Returns the rows after the running calls were asked for once more. New ones come at the end, so that no row moves
 * away from under the pointer. Those that have ended leave after a moment, unless the list `isHeld`.
 */
export function nextRows(
  rows: readonly LiveRow[],
  running: readonly RunningCall[],
  now: number,
  isHeld: boolean,
): readonly LiveRow[] {
  const runs = new Map(running.map((call) => [call.id, call]));
  const known = new Set(rows.map(({ call }) => call.id));
  const kept = rows
    .map((row) => (runs.has(row.call.id) || row.endedAt !== null ? row : { ...row, endedAt: now }))
    .filter(({ endedAt }) => isHeld || endedAt === null || now - endedAt < SHOWN_MS);
  const next = [...kept, ...running.filter(({ id }) => !known.has(id)).map((call) => ({ call, endedAt: null }))];
  const ended = next.filter(({ endedAt }) => endedAt !== null);
  const tooMany = new Set(ended.slice(0, -(isHeld ? HELD_MAX : SHOWN_MAX)));
  return next.filter((row) => !tooMany.has(row));
}
