import type { CallFactsFragment } from "../../api/graphql";

/**
 * Returns the call that is shown if nobody has chosen one: the newest that runs, or else the first that failed, or else
 * the last one.
 */
export function shownCallOf(calls: readonly Pick<CallFactsFragment, "id" | "status">[]): string | undefined {
  const running = calls.findLast(({ status }) => status === "RUNNING");
  const failed = calls.find(({ status }) => status === "FAILED");
  return (running ?? failed ?? calls.at(-1))?.id;
}
