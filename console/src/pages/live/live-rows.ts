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
/** Rows that have ended are kept while a person points at the list. This many at most. */
const KEPT_MAX = 200;

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
  const tooMany = next.filter(({ endedAt }) => endedAt !== null).length - KEPT_MAX;
  if (tooMany <= 0) return next;
  const oldest = new Set(next.filter(({ endedAt }) => endedAt !== null).slice(0, tooMany));
  return next.filter((row) => !oldest.has(row));
}
