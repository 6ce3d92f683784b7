import type { Sql } from "../../db/statement.js";
import { roundOf, type Task } from "../../lib/task.js";
import { type CancelCallsOfJob, teamDeleted } from "../calls/run/end-reasons.js";
import { markJobsOfDeleted } from "./closing.sql.js";

const EVERY_MS = 5_000;
/** Jobs that one round marks, so that a round stays short. */
const BATCH_MAX = 100;
/** For how long after the end of a team its jobs are looked for. */
const WITHIN_MS = 600_000;

/** Closes jobs that were opened in the moment in which their team was deleted. */
export const closeJobsOfDeletedTask = (sql: Sql, cancelCallsOfJob: CancelCallsOfJob): Task => ({
  name: "close jobs of deleted teams",
  everyMs: EVERY_MS,
  run: async () => {
    const late = await sql.run(markJobsOfDeleted, { batchMax: BATCH_MAX, withinMs: WITHIN_MS });
    await Promise.all(late.map(({ id }) => cancelCallsOfJob(id, teamDeleted())));
    return roundOf(late.length, BATCH_MAX);
  },
});
