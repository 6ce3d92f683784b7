import { statement } from "../../../db/statement.js";

/** An earlier delivery of the same subject to the same webhook has not ended. */
export const IS_BLOCKED = `EXISTS (SELECT FROM webhook_deliveries AS earlier WHERE earlier.webhook_id = delivery.webhook_id
  AND earlier.subject = delivery.subject AND earlier.status = 'PENDING' AND earlier.sequence < delivery.sequence)`;

/** The webhooks for which something waits. The index is read once for each of them, however much that is. */
export const WAITING = `(WITH RECURSIVE waiting AS (
      (SELECT webhook_id FROM webhook_deliveries WHERE status = 'PENDING' ORDER BY webhook_id LIMIT 1)
      UNION ALL SELECT (SELECT webhook_id FROM webhook_deliveries AS next WHERE status = 'PENDING' AND next.webhook_id > waiting.webhook_id
        ORDER BY webhook_id LIMIT 1) FROM waiting WHERE webhook_id IS NOT NULL
    ) SELECT webhook_id FROM waiting WHERE webhook_id IS NOT NULL) AS waiting`;

/** When the first delivery to a webhook is due, or was. */
const FIRST_DUE = `(SELECT next_try_at FROM webhook_deliveries WHERE status = 'PENDING' AND webhook_deliveries.webhook_id = waiting.webhook_id
      ORDER BY next_try_at LIMIT 1)`;

/**
 * Takes up deliveries that are due, for the time of a lease. Processes do not wait for each other, and no two take up the
 * same. `busy` and `busyOfOwner` are how many deliveries this process has under way for each webhook and for each owner, so
 * that none has more than `ofWebhookMax` and `ofOwnerMax`. An owner is an organization, or '' for the admin. Owners come in
 * any order, and so do their webhooks, so that each gets its turn if more than `batchMax` are due in all.
 */
export const claimDeliveries = statement({
  name: "claim-deliveries",
  params: {
    leaseMs: "float8",
    busy: "jsonb",
    ofWebhookMax: "int4",
    busyOfOwner: "jsonb",
    ofOwnerMax: "int4",
    batchMax: "int4",
  },
  text: `WITH receiver AS MATERIALIZED (
      SELECT id, COALESCE(organization_id, '') AS owner FROM ${WAITING} JOIN webhooks ON id = webhook_id
      WHERE is_enabled AND ${FIRST_DUE} <= tollgate_now()
    ) UPDATE webhook_deliveries SET claims = claims + 1, next_try_at = tollgate_now() + $1 * interval '1 ms'
    WHERE id = ANY(ARRAY(
      SELECT due.id FROM (SELECT owner FROM receiver GROUP BY owner ORDER BY random()) AS one CROSS JOIN LATERAL (
        SELECT due_of_webhook.id FROM (SELECT id FROM receiver WHERE receiver.owner = one.owner ORDER BY random()) AS its CROSS JOIN LATERAL (
          SELECT id FROM webhook_deliveries AS delivery
          WHERE webhook_id = its.id AND status = 'PENDING' AND next_try_at <= tollgate_now() AND NOT ${IS_BLOCKED}
          ORDER BY next_try_at LIMIT GREATEST(0, $3::int4 - COALESCE(($2::jsonb->>its.id::text)::int4, 0)) FOR UPDATE SKIP LOCKED
        ) AS due_of_webhook LIMIT GREATEST(0, $5::int4 - COALESCE(($4::jsonb->>one.owner)::int4, 0))
      ) AS due LIMIT $6::int4))
    RETURNING id, webhook_id, event_id, type, claims, tries_of_run, created_at`,
  row: {
    id: "uuid",
    webhookId: "uuid",
    eventId: "uuid",
    type: "webhook_event_type",
    claims: "int4",
    triesOfRun: "int4",
    createdAt: "timestamptz",
  },
});

/** Where deliveries go, and what they are signed with. */
export const findReceivers = statement({
  name: "find-receivers",
  params: { ids: "uuid[]" },
  text: `SELECT id, COALESCE(organization_id, '') AS owner, url, secret, CASE WHEN previous_valid_until > tollgate_now() THEN previous_secret END AS previous_secret
    FROM webhooks WHERE id = ANY($1) AND is_enabled`,
  row: { id: "uuid", owner: "text", url: "text", secret: "bytea", previousSecret: "bytea?" },
});

/**
 * Notes a try. A success ends the delivery. A failure makes it due again after `waitMs`, or ends it if that is null or its
 * time is over; but if another process has taken it up meanwhile, it is left to that one. No row if it has ended before.
 */
export const noteTry = statement({
  name: "note-try",
  params: {
    id: "uuid",
    claims: "int4",
    hasArrived: "bool",
    waitMs: "float8?",
    httpStatus: "int4?",
    error: "text?",
    ms: "int4",
  },
  text: `WITH outcome AS (
      SELECT id AS tried_id, CASE WHEN $3::bool THEN 'DELIVERED' WHEN claims <> $2::int4 THEN 'PENDING'
        WHEN $4::float8 IS NULL OR give_up_at <= tollgate_now() THEN 'FAILED' ELSE 'PENDING' END::delivery_status AS status
      FROM webhook_deliveries WHERE id = $1 AND status = 'PENDING' FOR NO KEY UPDATE
    ), tried AS (
      UPDATE webhook_deliveries AS delivery SET status = outcome.status, try_count = try_count + 1, tries_of_run = tries_of_run + 1,
        next_try_at = CASE WHEN outcome.status <> 'PENDING' THEN NULL WHEN claims <> $2::int4 THEN next_try_at
          ELSE tollgate_now() + $4::float8 * interval '1 ms' END
      FROM outcome WHERE id = tried_id RETURNING delivery.id, delivery.status, try_count
    ), noted AS (
      INSERT INTO webhook_delivery_tries (delivery_id, number, at, http_status, error, ms)
      SELECT id, try_count, tollgate_now(), $5::int4, $6::text, $7::int4 FROM tried
    ) SELECT status FROM tried`,
  row: { status: "delivery_status" },
});

/** Makes a delivery that this process has taken up due at once, for another process. It does not count as tried. */
export const giveBack = statement({
  name: "give-delivery-back",
  params: { id: "uuid", claims: "int4" },
  text: "UPDATE webhook_deliveries SET next_try_at = tollgate_now() WHERE id = $1 AND claims = $2 AND status = 'PENDING'",
  row: {},
});

/** The receiver at a URL has said that it is gone. A webhook that has another URL by now stays as it is. */
export const disableWebhook = statement({
  name: "disable-webhook",
  params: { id: "uuid", url: "text" },
  text: "UPDATE webhooks SET is_enabled = FALSE WHERE id = $1 AND url = $2 AND is_enabled RETURNING id, organization_id",
  row: { id: "uuid", organizationId: "text?" },
});

/** Gives up deliveries to webhooks that are not enabled any more, or are not there. */
export const giveUpDisabled = statement({
  name: "give-up-disabled",
  params: { batchMax: "int4" },
  text: `WITH receiver AS MATERIALIZED (
      SELECT waiting.webhook_id AS id FROM ${WAITING} LEFT JOIN webhooks ON id = waiting.webhook_id WHERE is_enabled IS NOT TRUE
    ) UPDATE webhook_deliveries SET status = 'FAILED', next_try_at = NULL WHERE id = ANY(ARRAY(
      SELECT pending.id FROM receiver CROSS JOIN LATERAL (
        SELECT id FROM webhook_deliveries WHERE webhook_id = receiver.id AND status = 'PENDING' LIMIT $1::int4 FOR UPDATE SKIP LOCKED
      ) AS pending LIMIT $1::int4)) RETURNING id`,
  row: { id: "uuid" },
});
