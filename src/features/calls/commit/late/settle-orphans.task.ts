import type { Sql } from "../../../../db/statement.js";
import { allOf } from "../../../../lib/async/each-of.js";
import { roundOf, type Task } from "../../../../lib/task.js";
import type { CallSettlement } from "../call-settlement.js";
import { orphaned } from "../outcome.js";
import { findOrphans } from "../settle-calls.sql.js";

const EVERY_MS = 5_000;
/** Calls settled in one round, so that a round stays short. */
const BATCH_MAX = 100;

/**
 * Settles calls as soon as their lease runs out, since the process that ran them died. Any number of processes may do so at
 * once. `ownIds` are the calls that this process runs. They are no orphans, whatever the clock of the database does.
 */
export const settleOrphansTask = (sql: Sql, settlement: CallSettlement, ownIds: () => readonly string[]): Task => ({
  name: "settle orphans",
  everyMs: EVERY_MS,
  run: async () => {
    const calls = await sql.run(findOrphans, { ownIds: ownIds(), aheadMs: EVERY_MS, batchMax: BATCH_MAX });
    const orphans = calls.filter(({ dueInMs }) => dueInMs === 0);
    await allOf(orphans, (call) => settlement.settle(call, orphaned(call, call.now)));
    const next = calls[orphans.length];
    return next ? { nextMs: next.dueInMs } : roundOf(orphans.length, BATCH_MAX);
  },
});
