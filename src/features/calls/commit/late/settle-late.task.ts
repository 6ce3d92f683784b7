import { type Task, wholeRound } from "../../../../lib/task.js";
import type { LateSettlements } from "./late-settlements.js";

const EVERY_MS = 1_000;

/** Settles the calls of this process that ended while the database was away. */
export const settleLateTask = (lateSettlements: LateSettlements): Task => ({
  name: "settle late",
  everyMs: EVERY_MS,
  run: () => wholeRound(lateSettlements.settleAgain()),
});
