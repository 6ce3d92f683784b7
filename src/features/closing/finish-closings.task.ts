import type { Db } from "../../db/client.js";
import { inTransaction, type Transaction } from "../../db/transaction.js";
import type { Clock } from "../../lib/clock.js";
import type { Task } from "../../lib/task.js";
import type { Ledger } from "../credits/ledger.js";
import { endJob } from "../jobs/end-job.js";
import { isTerminal } from "../jobs/job-state.js";
import { lockClosing } from "./closing.sql.js";

const EVERY_MS = 5_000;
/** Jobs that one round ends, so that a round stays short. */
const BATCH_MAX = 100;

/** Ends jobs that are being closed and have no running call left, also those whose closing a crash cut short. */
export const finishClosingsTask = (db: Db, clock: Clock, ledger: Ledger): Task => ({
  name: "finish closings",
  everyMs: EVERY_MS,
  run: async () => {
    for (let count = 0; count < BATCH_MAX; count++) {
      const found = await inTransaction(db, (transaction) => finishOne(transaction, clock, ledger));
      if (!found) return;
    }
  },
});

async function finishOne(transaction: Transaction, clock: Clock, ledger: Ledger): Promise<boolean> {
  const [job] = await transaction.sql.run(lockClosing, {});
  if (!job?.closingAs || !isTerminal(job.closingAs)) return false;
  await endJob(transaction, ledger, job, { status: job.closingAs, now: clock.now(), actor: "gateway" });
  return true;
}
