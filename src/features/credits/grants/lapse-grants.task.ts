import type { Db } from "../../../db/client.js";
import type { Sql } from "../../../db/statement.js";
import { inTransaction } from "../../../db/transaction.js";
import { eachOf } from "../../../lib/async/each-of.js";
import { roundOf, type Task } from "../../../lib/task.js";
import type { Ledger } from "../ledger.js";
import { findLapsed } from "./grant.sql.js";

const EVERY_MS = 5_000;
/** Accounts that one round works on, so that a round stays short. */
const BATCH_MAX = 100;

/** Ends credits that have expired. Each account is a transaction of its own, so no round locks many at once. */
export const lapseGrantsTask = (db: Db, sql: Sql, ledger: Ledger): Task => ({
  name: "lapse grants",
  everyMs: EVERY_MS,
  run: async () => {
    const accounts = await sql.run(findLapsed, { batchMax: BATCH_MAX });
    await eachOf(accounts, ({ accountId }) =>
      inTransaction(db, (transaction) => ledger.lock(transaction, [accountId])),
    );
    return roundOf(accounts.length, BATCH_MAX);
  },
});
