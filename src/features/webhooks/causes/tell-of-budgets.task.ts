import type { Sql } from "../../../db/statement.js";
import { roundOf, type Task } from "../../../lib/task.js";
import type { ExceededBudgets } from "../../budgets/exceeded-budgets.js";
import { tellOfBudgets } from "./webhook-causes.sql.js";

const EVERY_MS = 1_000;
/** Budgets that one round tells of, so that a round stays short. */
const BATCH_MAX = 100;

/** Tells webhooks of budgets that have refused something, once, however often and in however many processes they do. */
export const tellOfBudgetsTask = (sql: Sql, exceeded: ExceededBudgets): Task => ({
  name: "tell of budgets",
  everyMs: EVERY_MS,
  run: async () => {
    const some = exceeded.take(BATCH_MAX);
    if (some.length === 0) return "done";
    try {
      await sql.run(tellOfBudgets, { batch: JSON.stringify(some) });
    } catch (error) {
      for (const each of some) exceeded.note(each);
      throw error;
    }
    return roundOf(some.length, BATCH_MAX);
  },
});
