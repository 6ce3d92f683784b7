import type { Sql } from "../../db/statement.js";
import { roundOf, type Task } from "../../lib/task.js";
import { type CancelCallsOfJob, teamDeleted } from "../calls/run/end-reasons.js";
import { markJobsOfDeleted } from "./closing.sql.js";

const EVERY_MS = 5_000;
/** Jobs that one round marks, so that a round stays short. */
const BATCH_MAX = 100;
/** For how long after the end of a team its jobs are looked for: 7 days, after which a job has expired by default. */
const WITHIN_MS = 7 * 24 * 3_600_000;

/** Closes jobs of deleted teams that the deletion has left open, and those that were opened in the moment of it. */
export const closeJobsOfDeletedTask = (sql: Sql, cancelCallsOfJob: CancelCallsOfJob): Task => ({
  name: "close jobs of deleted teams",
  everyMs: EVERY_MS,
  run: async () => {
    const late = await sql.run(markJobsOfDeleted, { batchMax: BATCH_MAX, withinMs: WITHIN_MS });
    await Promise.all(late.map(({ id }) => cancelCallsOfJob(id, teamDeleted())));
    return roundOf(late.length, BATCH_MAX);
  },
});
