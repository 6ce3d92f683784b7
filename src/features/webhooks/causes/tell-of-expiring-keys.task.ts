import type { Sql } from "../../../db/statement.js";
import { roundOf, type Task } from "../../../lib/task.js";
import { tellOfExpiringKeys } from "./webhook-causes.sql.js";

const EVERY_MS = 60_000;
/** Keys of each kind that one round tells of, so that a round stays short. */
const BATCH_MAX = 100;

/** Tells webhooks of keys that are about to expire, once, whichever processes are there. */
export const tellOfExpiringKeysTask = (sql: Sql): Task => ({
  name: "tell of expiring keys",
  everyMs: EVERY_MS,
  run: async () => roundOf((await sql.run(tellOfExpiringKeys, { batchMax: BATCH_MAX })).length, BATCH_MAX),
});
