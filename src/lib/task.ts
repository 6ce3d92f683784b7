/**
 * What a round of a task came to. "more" means that it did as much as one round may, so there is probably more to do.
 * `nextMs` means that it knows of something that will be due in so many milliseconds.
 */
export type Round = "done" | "more" | { readonly nextMs: number };

/**
 * A background duty. It is declared in the folder of the data that it works on. ops/background.ts runs it at intervals,
 * in every process at once: a round takes only what no other process is working on.
 */
export interface Task {
  /** The task's name in the log, such as "renew leases". */
  readonly name: string;
  readonly everyMs: number;
  /** Does one short round. After "more" the next round follows at once, after `nextMs` then, and otherwise after `everyMs`. */
  run(): Promise<Round>;
}

/** Makes a round of a duty that never leaves anything for later. */
export async function wholeRound(duty: Promise<void>): Promise<Round> {
  await duty;
  return "done";
}

/** What a round came to that may do `batchMax` things, and did `count`. */
export const roundOf = (count: number, batchMax: number): Round => (count < batchMax ? "done" : "more");
