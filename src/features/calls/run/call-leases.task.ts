import { type Task, wholeRound } from "../../../lib/task.js";
import type { CallLeases } from "./call-leases.js";

/** Leases are renewed this many times before they run out. */
const RENEWALS_PER_LEASE = 3;
/** How soon a call ends that was cancelled, or whose team was suspended, by another process. */
const HEED_MS = 500;

export const renewLeasesTask = (leases: CallLeases, leaseMs: number): Task => ({
  name: "renew leases",
  everyMs: leaseMs / RENEWALS_PER_LEASE,
  run: () => wholeRound(leases.renew()),
});

export const heedTask = (leases: CallLeases): Task => ({
  name: "heed other processes",
  everyMs: HEED_MS,
  run: () => wholeRound(leases.heed()),
});
