import type { Reach } from "../../auth/reach.js";
import type { RowOf } from "../../db/column-type.js";
import { columnsOf } from "../../db/field-names.js";
import { type Condition, list } from "../../db/lists/list.js";
import { statement } from "../../db/statement.js";
import { Prisma, type Webhook } from "../../generated/prisma/client.js";

const webhookRow = {
  id: "uuid",
  url: "text",
  events: "jsonb",
  organizationId: "text?",
  teamId: "text?",
  isEnabled: "bool",
  secret: "bytea",
  previousSecret: "bytea?",
  previousValidUntil: "timestamptz?",
  createdAt: "timestamptz",
  deletedAt: "timestamptz?",
} as const satisfies RowOf<Webhook>;

/** Webhooks, newest first. */
export const webhooks = list({ table: "webhooks", row: webhookRow, order: ["createdAt", "id"], direction: "DESC" });

/** Lets through the webhooks in reach that are not deleted. What the admin has for everything is the admin's alone. */
export function webhooksInReach(reach: Reach): Condition[] {
  const exist = Prisma.sql`deleted_at IS NULL`;
  return reach.kind === "everything" ? [exist] : [exist, Prisma.sql`organization_id = ${reach.organizationId}`];
}

export const findWebhook = statement({
  name: "find-webhook",
  params: { id: "uuid" },
  text: `SELECT ${columnsOf(webhookRow)} FROM webhooks WHERE id = $1 AND deleted_at IS NULL`,
  row: webhookRow,
});

/** Locks a webhook until the transaction ends. The ends of jobs go on: they only read it. */
export const lockWebhook = statement({
  name: "lock-webhook",
  params: { id: "uuid" },
  text: `SELECT ${columnsOf(webhookRow)} FROM webhooks WHERE id = $1 AND deleted_at IS NULL FOR NO KEY UPDATE`,
  row: webhookRow,
});

/** Keeps others from adding webhooks until the transaction ends, so that they can be counted. */
export const lockWebhooks = statement({
  name: "lock-webhooks",
  params: {},
  text: "LOCK TABLE webhooks IN SHARE ROW EXCLUSIVE MODE",
  row: {},
});

/**
 * How many webhooks there are, and how many of them are of one owner: of an organization, or of the admin for null. Those of
 * teams and organizations that are deleted take no room, because nothing happens to these any more.
 */
export const countWebhooks = statement({
  name: "count-webhooks",
  params: { organizationId: "text?" },
  text: `SELECT count(*) AS in_all, count(*) FILTER (WHERE organization_id IS NOT DISTINCT FROM $1::text) AS of_owner
    FROM webhooks WHERE deleted_at IS NULL AND NOT EXISTS (SELECT FROM teams WHERE teams.id = team_id AND status = 'DELETED')
      AND NOT EXISTS (SELECT FROM organizations WHERE organizations.id = organization_id AND status = 'DELETED')`,
  row: { inAll: "safeint", ofOwner: "safeint" },
});

/** Writes a new webhook. */
export const insertWebhook = statement({
  name: "insert-webhook",
  params: { id: "uuid", url: "text", events: "jsonb", organizationId: "text?", teamId: "text?", secret: "bytea" },
  text: `INSERT INTO webhooks (id, url, events, organization_id, team_id, secret, created_at)
    VALUES ($1, $2, $3, $4, $5, $6, tollgate_now()) RETURNING ${columnsOf(webhookRow)}`,
  row: webhookRow,
});

/** Changes what is not null of a webhook. */
export const changeWebhook = statement({
  name: "change-webhook",
  params: { id: "uuid", url: "text?", events: "jsonb?", isEnabled: "bool?" },
  text: `UPDATE webhooks SET url = COALESCE($2, url), events = COALESCE($3, events), is_enabled = COALESCE($4, is_enabled)
    WHERE id = $1 RETURNING ${columnsOf(webhookRow)}`,
  row: webhookRow,
});

/** Gives a webhook a new secret. The present one signs as well for some seconds, and the one before no more. */
export const rotateSecret = statement({
  name: "rotate-webhook-secret",
  params: { id: "uuid", secret: "bytea", graceSeconds: "int4" },
  text: `UPDATE webhooks SET secret = $2, previous_secret = CASE WHEN $3::int4 > 0 THEN secret END,
      previous_valid_until = CASE WHEN $3::int4 > 0 THEN tollgate_now() + $3::int4 * interval '1 second' END
    WHERE id = $1 RETURNING ${columnsOf(webhookRow)}`,
  row: webhookRow,
});

/** Deletes a webhook. Tasks remove its deliveries, and then its row. */
export const deleteWebhook = statement({
  name: "delete-webhook",
  params: { id: "uuid" },
  text: "UPDATE webhooks SET deleted_at = tollgate_now(), is_enabled = FALSE WHERE id = $1 AND deleted_at IS NULL RETURNING id",
  row: { id: "uuid" },
});
