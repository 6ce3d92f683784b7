import type { Sql } from "../../db/statement.js";
import { allOf } from "../../lib/async/each-of.js";
import { roundOf, type Task } from "../../lib/task.js";
import type { JobEnding } from "../jobs/commit/end-job.js";
import { isTerminal } from "../jobs/job-state.js";
import { findClosings } from "./closing.sql.js";

const EVERY_MS = 5_000;
/** Jobs that one round ends, so that a round stays short. */
const BATCH_MAX = 100;

/**
 * Ends jobs that are being closed and have no running call left, also those whose closing a crash cut short. One that
 * cannot be ended does not hold up the others.
 */
export const finishClosingsTask = (sql: Sql, ending: JobEnding): Task => ({
  name: "finish closings",
  everyMs: EVERY_MS,
  run: async () => {
    const closings = await sql.run(findClosings, { batchMax: BATCH_MAX });
    let ended = 0;
    await allOf(closings, async (job) => {
      if (!job.closingAs || !isTerminal(job.closingAs)) return;
      if (await ending.end(job, { status: job.closingAs, actor: "gateway" })) ended += 1;
    });
    // If there is none to end, other processes are ending all of them.
    return ended === 0 ? "done" : roundOf(closings.length, BATCH_MAX);
  },
});
