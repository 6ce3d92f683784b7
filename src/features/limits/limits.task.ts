import { roundOf, type Task, wholeRound } from "../../lib/task.js";
import type { CallLimits } from "./call-limits.js";
import type { RefusalCounts } from "./refusal-counts.js";

/** How old the count of refusals is that is shown. */
const NOTE_EVERY_MS = 1_000;
/** Holders whose count is written in one round, so that a round stays short. */
const BATCH_MAX = 1_000;
/** Slots are renewed this many times before they run out. */
const RENEWALS_PER_LEASE = 3;

/** Notes how many calls were refused, or would have been. */
export const noteRefusalsTask = (counts: RefusalCounts): Task => ({
  name: "note refusals of limits",
  everyMs: NOTE_EVERY_MS,
  run: async () => roundOf(await counts.write(BATCH_MAX), BATCH_MAX),
});

/** Tells Redis which calls of this process are still running. */
export const renewSlotsTask = (limits: CallLimits, leaseMs: number): Task => ({
  name: "renew slots of limits",
  everyMs: leaseMs / RENEWALS_PER_LEASE,
  run: () => wholeRound(limits.renew()),
});
