import type { Sql } from "../../db/statement.js";
import { roundOf, type Task } from "../../lib/task.js";
import { type CancelCallsOfJob, jobExpired } from "../calls/run/end-reasons.js";
import { markExpired } from "./closing.sql.js";

const EVERY_MS = 5_000;
/** Jobs that one round marks, so that a round stays short. */
const BATCH_MAX = 100;

/** Closes jobs whose time ran out: they take no call any more, and their running calls are cancelled. */
export const expireJobsTask = (sql: Sql, cancelCallsOfJob: CancelCallsOfJob): Task => ({
  name: "expire jobs",
  everyMs: EVERY_MS,
  run: async () => {
    const expired = await sql.run(markExpired, { batchMax: BATCH_MAX });
    await Promise.all(expired.map(({ id }) => cancelCallsOfJob(id, jobExpired())));
    return roundOf(expired.length, BATCH_MAX);
  },
});
