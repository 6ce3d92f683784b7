import type { Db } from "../../db/client.js";
import type { Sql } from "../../db/statement.js";
import { inTransaction, type Transaction } from "../../db/transaction.js";
import { eachOf } from "../../lib/each-of.js";
import { roundOf, type Task } from "../../lib/task.js";
import type { Ledger } from "../credits/ledger.js";
import { endJob } from "../jobs/end-job.js";
import { isTerminal } from "../jobs/job-state.js";
import { findClosings, lockClosing } from "./closing.sql.js";

const EVERY_MS = 5_000;
/** Jobs that one round ends, so that a round stays short. */
const BATCH_MAX = 100;

/**
 * Ends jobs that are being closed and have no running call left, also those whose closing a crash cut short. One that
 * cannot be ended does not hold up the others.
 */
export const finishClosingsTask = (db: Db, sql: Sql, ledger: Ledger): Task => ({
  name: "finish closings",
  everyMs: EVERY_MS,
  run: async () => {
    const closings = await sql.run(findClosings, { batchMax: BATCH_MAX });
    let ended = 0;
    await eachOf(closings, async ({ id }) => {
      if (await inTransaction(db, (transaction) => finish(transaction, id, ledger))) ended += 1;
    });
    // If there is none to end, other processes are ending all of them.
    return ended === 0 ? "done" : roundOf(closings.length, BATCH_MAX);
  },
});

/** Returns whether the job was there to be ended. */
async function finish(transaction: Transaction, id: string, ledger: Ledger): Promise<boolean> {
  const [job] = await transaction.sql.run(lockClosing, { id });
  if (!job?.closingAs || !isTerminal(job.closingAs)) return false;
  await endJob(transaction, ledger, job, { status: job.closingAs, actor: "gateway" });
  return true;
}
