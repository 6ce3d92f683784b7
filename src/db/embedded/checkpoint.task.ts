import type { Task } from "../../lib/task.js";
import type { Sql } from "../statement.js";
import { makeCheckpoint, readLogSize } from "./checkpoint.sql.js";

const EVERY_MS = 10_000;
/** So much is written by 1,000 calls, and a checkpoint after it takes some 20 ms, in which nothing else runs. */
const LOG_BYTES = 8 * 1024 * 1024;

/**
 * Makes the checkpoints that the embedded PostgreSQL lacks: it has no process that would make them. Without any, its
 * log grows until the gateway stops, and a start after a crash reads all of it.
 */
export const checkpointTask = (sql: Sql): Task => ({
  name: "checkpoint",
  everyMs: EVERY_MS,
  run: async () => {
    const [log] = await sql.run(readLogSize, {});
    if (log && log.bytes > LOG_BYTES) await sql.run(makeCheckpoint, {});
    return "done";
  },
});
