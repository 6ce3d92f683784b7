import { statement } from "../../../db/statement.js";

const DAYS_BEFORE = 7;
const IS_WANTED = (type: string): string =>
  `(SELECT EXISTS (SELECT FROM webhooks WHERE is_enabled AND jsonb_exists(events, '${type}')))`;
const INSTANT = `to_char(expires_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

/** The first keys of a table that are about to expire, that some webhook is to be told of, and that it has not been told of. */
const expiring = (kind: string, table: string, teamId: string): string => `(SELECT * FROM (
      SELECT ${table}.id, '${kind}' AS kind, ${teamId} AS team_id, organization_id, name, prefix, ${INSTANT} AS expires_at,
        'key.expiring/' || ${table}.id || '/' || ${INSTANT} AS once
      FROM ${table} ${teamId === "NULL::text" ? "" : `JOIN teams ON teams.id = ${teamId}`}
      WHERE ${IS_WANTED("KEY_EXPIRING")} AND revoked_at IS NULL AND expires_at > tollgate_now() AND expires_at <= tollgate_now() + interval '${DAYS_BEFORE} days'
    ) AS key WHERE NOT EXISTS (SELECT FROM webhook_events WHERE dedupe_key = key.once)
      AND EXISTS (SELECT FROM webhooks_told('KEY_EXPIRING', organization_id, team_id))
    ORDER BY expires_at LIMIT $1::int4)`;

/** Tells webhooks of keys that expire within some days, each key once for each expiry. A row for each that was told of. */
export const tellOfExpiringKeys = statement({
  name: "tell-of-expiring-keys",
  params: { batchMax: "int4" },
  text: `SELECT id FROM (
      ${expiring("virtual", "virtual_keys", "virtual_keys.team_id")}
      UNION ALL ${expiring("organization", "organization_keys", "NULL::text")}
    ) AS key WHERE tell_webhooks('KEY_EXPIRING', 'key/' || id, organization_id, team_id, jsonb_build_object('key_id', id, 'kind', kind,
      'organization_id', organization_id, 'team_id', team_id, 'name', name, 'prefix', prefix, 'expires_at', expires_at), once)`,
  row: { id: "uuid" },
});

/**
 * Tells webhooks of budgets that have refused something, once for each budget of a team, key or job in each period. `batch` is
 * a JSON array of ExceededBudget.
 */
export const tellOfBudgets = statement({
  name: "tell-of-budgets",
  params: { batch: "text" },
  text: `SELECT subject FROM (
      SELECT budget, exceeded."teamId", exceeded."keyId", "jobId", organization_id,
        CASE WHEN "jobId" IS NOT NULL THEN 'job/' || "jobId" WHEN "keyId" IS NOT NULL THEN 'key/' || "keyId" ELSE 'team/' || "teamId" END AS subject,
        CASE WHEN "jobId" IS NOT NULL THEN '' WHEN "keyId" IS NOT NULL THEN allowance_span ELSE day END AS span
      FROM jsonb_to_recordset($1::text::jsonb) AS exceeded (budget text, "teamId" text, "keyId" uuid, "jobId" uuid, day text)
        JOIN teams ON teams.id = "teamId" LEFT JOIN virtual_keys ON virtual_keys.id = "keyId"
    ) AS exceeded WHERE tell_webhooks('BUDGET_EXCEEDED', subject, organization_id, "teamId", jsonb_build_object('budget', lower(budget),
      'team_id', "teamId", 'key_id', "keyId", 'job_id', "jobId", 'period', NULLIF(regexp_replace(COALESCE(span, ''), '^.*/', ''), '')),
      'budget.exceeded/' || budget || '/' || subject || '/' || COALESCE(span, ''))`,
  row: { subject: "text" },
});
