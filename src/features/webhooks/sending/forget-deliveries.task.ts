import type { Sql } from "../../../db/statement.js";
import { roundOf, type Task } from "../../../lib/task.js";
import { DELIVERIES_KEPT_DAYS } from "../webhook-limits.js";
import { giveUpDisabled } from "./claim.sql.js";
import { forgetDeletedWebhooks, forgetDeliveriesOfDeleted, forgetEvents } from "./outbox.sql.js";

const EVERY_MS = 5_000;
/** Rows that one round changes of each kind, so that a round stays short. */
const BATCH_MAX = 100;

/** Gives up what waits for webhooks that are not enabled, and removes what is old or of a webhook that is deleted. */
export const forgetDeliveriesTask = (sql: Sql): Task => ({
  name: "forget deliveries",
  everyMs: EVERY_MS,
  run: async () => {
    const batchMax = BATCH_MAX;
    const given = await sql.run(giveUpDisabled, { batchMax });
    const gone = await sql.run(forgetDeliveriesOfDeleted, { batchMax });
    await sql.run(forgetDeletedWebhooks, {});
    const old = await sql.run(forgetEvents, { keptDays: DELIVERIES_KEPT_DAYS, batchMax });
    return roundOf(Math.max(given.length, gone.length, old.length), BATCH_MAX);
  },
});
