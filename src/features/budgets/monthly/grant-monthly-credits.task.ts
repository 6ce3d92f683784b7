import type { Db } from "../../../db/client.js";
import type { Sql } from "../../../db/statement.js";
import { inTransaction } from "../../../db/transaction.js";
import { eachOf } from "../../../lib/async/each-of.js";
import type { Logger } from "../../../lib/log.js";
import { roundOf, type Task } from "../../../lib/task.js";
import { type Ledger, PAID_FOR_EVER } from "../../credits/ledger.js";
import { findMonthlyCredits, findTooFullForMonth, isMonthGranted } from "./monthly-credits.sql.js";

const EVERY_MS = 5_000;
/** Teams that one round works on, so that a round stays short. */
const BATCH_MAX = 100;

/**
 * Grants teams their monthly credits, once a month, whichever processes are there: the team's account is locked before it
 * is looked whether they have been granted, and the database takes one such grant a month.
 */
export const grantMonthlyCreditsTask = (db: Db, sql: Sql, ledger: Ledger, log: Logger): Task => {
  const warn = warnerOfFull(sql, log);
  return {
    name: "grant monthly credits",
    everyMs: EVERY_MS,
    run: async () => {
      const due = await sql.run(findMonthlyCredits, { batchMax: BATCH_MAX });
      await eachOf(due, async ({ teamId, credits, month }) => {
        if (credits === null || month === null) return;
        await inTransaction(db, async (transaction) => {
          await ledger.lock(transaction, [teamId]);
          const [row] = await transaction.sql.run(isMonthGranted, { teamId, month });
          if (row?.isGranted) return;
          const movement = { reason: `Monthly credits of ${month}`, actor: "gateway", month };
          await ledger.grant(transaction, { accountId: teamId, credits, ...movement, ...PAID_FOR_EVER });
        });
      });
      await warn();
      return roundOf(due.length, BATCH_MAX);
    },
  };
};

/** Warns of teams that are too full for their credits of this month, each once a month. */
function warnerOfFull(sql: Sql, log: Logger): () => Promise<void> {
  let warned: { readonly month: string | null; readonly teams: Set<string> } = { month: null, teams: new Set() };
  return async () => {
    for (const { teamId, month } of await sql.run(findTooFullForMonth, { batchMax: BATCH_MAX })) {
      if (month !== warned.month) warned = { month, teams: new Set() };
      if (warned.teams.has(teamId)) continue;
      warned.teams.add(teamId);
      log.warn(
        { teamId, month },
        "A team gets no monthly credits: with them it would have more than an account can have.",
      );
    }
  };
}
