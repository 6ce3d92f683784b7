import type { CallFactsFragment } from "../../api/graphql";

/** A part of a job's list of calls. */
export interface CallPage {
  readonly calls: readonly CallFactsFragment[];
  readonly endCursor: string | null;
  readonly hasNextPage: boolean;
}

/** Returns the first pages that cannot change any more: they are full, and all of their calls have ended. */
export function keptOf(pages: readonly CallPage[]): readonly CallPage[] {
  const open = pages.findIndex(
    ({ calls, hasNextPage }) => !hasNextPage || calls.some(({ status }) => status === "RUNNING"),
  );
  return open === -1 ? pages : pages.slice(0, open);
}

/** Returns what is shown while pages are read again: those that were read, and of the others what they were. */
export const withPage = (before: readonly CallPage[], read: readonly CallPage[]): readonly CallPage[] => [
  ...read,
  ...before.slice(read.length),
];
