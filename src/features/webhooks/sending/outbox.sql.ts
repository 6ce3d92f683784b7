import { statement } from "../../../db/statement.js";
import { IS_BLOCKED, WAITING } from "./claim.sql.js";

/** Removes events that happened long ago, with their deliveries and tries, unless one of these is still pending. */
export const forgetEvents = statement({
  name: "forget-events",
  params: { keptDays: "int4", batchMax: "int4" },
  text: `DELETE FROM webhook_events WHERE id = ANY(ARRAY(
      SELECT id FROM webhook_events WHERE created_at <= tollgate_now() - $1::int4 * interval '1 day'
        AND NOT EXISTS (SELECT FROM webhook_deliveries WHERE event_id = webhook_events.id AND status = 'PENDING')
      ORDER BY created_at LIMIT $2::int4 FOR UPDATE SKIP LOCKED)) RETURNING id`,
  row: { id: "uuid" },
});

/** Removes deliveries to webhooks that are deleted. */
export const forgetDeliveriesOfDeleted = statement({
  name: "forget-deliveries-of-deleted",
  params: { batchMax: "int4" },
  text: `DELETE FROM webhook_deliveries WHERE id = ANY(ARRAY(
      SELECT gone.id FROM (SELECT id FROM webhooks WHERE deleted_at IS NOT NULL) AS receiver CROSS JOIN LATERAL (
        SELECT id FROM webhook_deliveries WHERE webhook_id = receiver.id LIMIT $1::int4 FOR UPDATE SKIP LOCKED
      ) AS gone LIMIT $1::int4)) RETURNING id`,
  row: { id: "uuid" },
});

/**
 * Removes webhooks that were deleted a minute ago and have no delivery left. Before that, a transaction that has seen the
 * webhook may still write one.
 */
export const forgetDeletedWebhooks = statement({
  name: "forget-deleted-webhooks",
  params: {},
  text: `DELETE FROM webhooks WHERE deleted_at <= tollgate_now() - interval '1 minute'
    AND NOT EXISTS (SELECT FROM webhook_deliveries WHERE webhook_id = webhooks.id)`,
  row: {},
});

/**
 * How many deliveries wait, no further than `countMax`, and for how many seconds the one that has been due for longest has
 * waited. What waits behind another delivery of its subject is not due.
 */
export const outboxState = statement({
  name: "outbox-state",
  params: { countMax: "int4" },
  text: `SELECT (SELECT count(*) FROM (SELECT FROM webhook_deliveries WHERE status = 'PENDING' LIMIT $1::int4) AS counted) AS pending,
      COALESCE((SELECT GREATEST(0, extract(epoch FROM tollgate_now() - min(first.next_try_at)))::float8
        FROM ${WAITING} JOIN webhooks ON id = waiting.webhook_id CROSS JOIN LATERAL (
          SELECT next_try_at FROM webhook_deliveries AS delivery
          WHERE webhook_id = waiting.webhook_id AND status = 'PENDING' AND NOT ${IS_BLOCKED} ORDER BY next_try_at LIMIT 1
        ) AS first WHERE is_enabled), 0) AS due_for_seconds`,
  row: { pending: "safeint", dueForSeconds: "float8" },
});
