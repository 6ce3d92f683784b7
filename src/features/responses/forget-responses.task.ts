import type { Sql } from "../../db/statement.js";
import { roundOf, type Task } from "../../lib/task.js";
import { forgetResponses } from "./response.sql.js";

const EVERY_MS = 5_000;
/** Responses that are forgotten in one round, so that a round stays short. */
const BATCH_MAX = 100;

/** Forgets what was asked of responses when the answers of their calls are forgotten, `retentionMs` after their end. */
export const forgetResponsesTask = (sql: Sql, retentionMs: number): Task => ({
  name: "forget responses",
  everyMs: EVERY_MS,
  run: async () => {
    const forgotten = await sql.run(forgetResponses, { retentionMs, batchMax: BATCH_MAX });
    return roundOf(forgotten.length, BATCH_MAX);
  },
});
