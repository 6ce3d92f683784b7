import type { Sql } from "../../db/statement.js";
import type { Clock } from "../../lib/clock.js";
import type { Task } from "../../lib/task.js";
import { forgetContent } from "./call.sql.js";

const EVERY_MS = 5_000;
/** Calls whose content is forgotten in one round, so that a round stays short. */
const BATCH_MAX = 100;

/** Forgets the answers of calls that ended longer ago than `retentionMs`. */
export const forgetContentTask = (sql: Sql, clock: Clock, retentionMs: number): Task => ({
  name: "forget content",
  everyMs: EVERY_MS,
  run: async () => {
    const finishedBefore = new Date(clock.now().getTime() - retentionMs);
    await sql.run(forgetContent, { finishedBefore, batchMax: BATCH_MAX });
  },
});
