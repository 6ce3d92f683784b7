import type { Sql } from "../../db/statement.js";
import { roundOf, type Task } from "../../lib/task.js";
import { forgetContent } from "./call.sql.js";

const EVERY_MS = 5_000;
/** Calls whose content is forgotten in one round, so that a round stays short. */
const BATCH_MAX = 100;

/** Forgets the answers of calls that ended longer ago than `retentionMs`. */
export const forgetContentTask = (sql: Sql, retentionMs: number): Task => ({
  name: "forget content",
  everyMs: EVERY_MS,
  run: async () => {
    const forgotten = await sql.run(forgetContent, { retentionMs, batchMax: BATCH_MAX });
    return roundOf(forgotten.length, BATCH_MAX);
  },
});
