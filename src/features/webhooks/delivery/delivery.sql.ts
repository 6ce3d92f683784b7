import type { RowOf } from "../../../db/column-type.js";
import { columnsOf } from "../../../db/field-names.js";
import { isOneOf } from "../../../db/filter-condition.js";
import { type Filter, list } from "../../../db/lists/list.js";
import { statement } from "../../../db/statement.js";
import {
  DeliveryStatus,
  Prisma,
  type WebhookDelivery,
  type WebhookDeliveryTry,
} from "../../../generated/prisma/client.js";
import type { DeliveryFilter } from "./delivery.input.js";

const deliveryRow = {
  id: "uuid",
  webhookId: "uuid",
  eventId: "uuid",
  type: "webhook_event_type",
  subject: "text",
  sequence: "int8",
  status: "delivery_status",
  nextTryAt: "timestamptz?",
  giveUpAt: "timestamptz",
  claims: "int4",
  tryCount: "int4",
  triesOfRun: "int4",
  createdAt: "timestamptz",
} as const satisfies RowOf<WebhookDelivery>;

const tryRow = {
  deliveryId: "uuid",
  number: "int4",
  at: "timestamptz",
  httpStatus: "int4?",
  error: "text?",
  ms: "int4",
} as const satisfies RowOf<WebhookDeliveryTry>;

/** A webhook's deliveries, newest first. */
export const deliveriesOfWebhook = list({
  table: "webhook_deliveries",
  row: deliveryRow,
  parent: "webhookId",
  order: ["createdAt", "id"],
  direction: "DESC",
});

/** What a filter lets through. The index of the list has the order within one status, so it is read status by status. */
export function fits({ status, event }: DeliveryFilter): Filter {
  const all = event ? [isOneOf("type::text", event)] : [];
  const statuses = new Set(status ?? Object.values(DeliveryStatus));
  return { all, oneOf: { values: [...statuses], fits: Prisma.sql`status = one.value::delivery_status` } };
}

/** To which webhook a delivery goes, and whose that is. */
export const findReceiver = statement({
  name: "find-receiver",
  params: { id: "uuid" },
  text: `SELECT webhook_id, organization_id FROM webhook_deliveries JOIN webhooks ON webhooks.id = webhook_id
    WHERE webhook_deliveries.id = $1 AND deleted_at IS NULL`,
  row: { webhookId: "uuid", organizationId: "text?" },
});

/** The tries of deliveries, the first ones first: there are not many. */
export const triesOfDeliveries = statement({
  name: "tries-of-deliveries",
  params: { deliveryIds: "uuid[]" },
  text: `SELECT ${columnsOf(tryRow)} FROM webhook_delivery_tries WHERE delivery_id = ANY($1) ORDER BY delivery_id, number`,
  row: tryRow,
});

/** What deliveries tell, by the id of the delivery: their events, and whether they go to a webhook of the admin's own. */
export const eventsOfDeliveries = statement({
  name: "events-of-deliveries",
  params: { ids: "uuid[]" },
  text: `SELECT delivery.id, event.type, event.subject, event.payload, event.created_at, organization_id IS NULL AS is_admins
    FROM webhook_deliveries AS delivery JOIN webhook_events AS event ON event.id = event_id JOIN webhooks ON webhooks.id = webhook_id
    WHERE delivery.id = ANY($1)`,
  row: {
    id: "uuid",
    type: "webhook_event_type",
    subject: "text",
    payload: "jsonb?",
    createdAt: "timestamptz",
    isAdmins: "bool",
  },
});

/** Writes a test event for one webhook, and its delivery. */
export const insertTest = statement({
  name: "insert-webhook-test",
  params: { webhookId: "uuid", deliveryId: "uuid", eventId: "uuid" },
  text: `WITH event AS (
      INSERT INTO webhook_events (id, type, subject, payload, created_at)
      VALUES ($3::uuid, 'WEBHOOK_TEST', 'webhook/' || $1::uuid, jsonb_build_object('webhook_id', $1::uuid), tollgate_now()) RETURNING *
    ) INSERT INTO webhook_deliveries (id, webhook_id, event_id, type, subject, sequence, next_try_at, give_up_at, created_at)
    SELECT $2::uuid, $1::uuid, id, type, subject, sequence, created_at, created_at + interval '24 hours', created_at FROM event
    RETURNING ${columnsOf(deliveryRow)}`,
  row: deliveryRow,
});

/** How many tests of a webhook have not arrived yet. */
export const countPendingTests = statement({
  name: "count-pending-tests",
  params: { webhookId: "uuid" },
  text: `SELECT count(*) AS count FROM webhook_deliveries
    WHERE webhook_id = $1::uuid AND subject = 'webhook/' || $1::uuid AND status = 'PENDING'`,
  row: { count: "safeint" },
});

/**
 * Makes a delivery due now, with all its tries before it, whatever became of it, and says what had. No row if it has had too
 * many tries.
 */
export const replayDelivery = statement({
  name: "replay-delivery",
  params: { id: "uuid", triesMax: "int4" },
  text: `WITH present AS (
      SELECT id AS replayed_id, status AS status_before FROM webhook_deliveries WHERE id = $1 AND try_count < $2::int4 FOR NO KEY UPDATE
    ) UPDATE webhook_deliveries SET status = 'PENDING', next_try_at = tollgate_now(), give_up_at = tollgate_now() + interval '24 hours',
      tries_of_run = 0 FROM present WHERE id = replayed_id RETURNING ${columnsOf(deliveryRow)}, status_before`,
  row: { ...deliveryRow, statusBefore: "delivery_status" },
});
