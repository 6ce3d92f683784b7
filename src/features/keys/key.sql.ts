import type { RowOf } from "../../db/column-type.js";
import { columnsOf } from "../../db/field-names.js";
import { type Condition, list } from "../../db/lists/list.js";
import { rowsById } from "../../db/rows/rows-by-id.js";
import { statement } from "../../db/statement.js";
import { Prisma, type VirtualKey } from "../../generated/prisma/client.js";
import { FIGURE_NAMES } from "../limits/limit-settings.js";
import type { VirtualKeyFilter } from "./key.input.js";
import { IS_VALID } from "./key-access.sql.js";

export const virtualKeyRow = {
  id: "uuid",
  teamId: "text",
  name: "text?",
  prefix: "text",
  secretHash: "bytea",
  createdAt: "timestamptz",
  expiresAt: "timestamptz?",
  revokedAt: "timestamptz?",
  lastUsedAt: "timestamptz?",
  rotations: "int4",
  previousSecretHash: "bytea?",
  previousValidUntil: "timestamptz?",
  modelGroups: "jsonb?",
  limits: "jsonb",
  wouldRefuse: "int8",
  allowanceJobs: "int4?",
  allowancePeriod: "allowance_period?",
  allowanceIsEnforced: "bool",
  allowanceRaisedJobs: "int4?",
  allowanceRaisedUntil: "timestamptz?",
  allowanceWouldRefuse: "int8",
  allowanceUsed: "int4",
  allowanceSpan: "text?",
  allowanceResets: "int4",
} as const satisfies RowOf<VirtualKey>;

export const findKeys = statement(rowsById("find-keys", "virtual_keys", virtualKeyRow));

/**
 * Changes a key. Limits are merged: a figure that is null in them is removed. Of the others, those are changed that `given`
 * names. If the period of its allowance changes, or the allowance is taken away or given, its jobs are counted anew.
 */
export const changeKey = statement({
  name: "change-key",
  params: {
    id: "uuid",
    limits: "jsonb",
    given: "text[]",
    newName: "text?",
    expiresAt: "timestamptz?",
    modelGroups: "jsonb?",
    allowanceJobs: "int4?",
    allowancePeriod: "allowance_period?",
    allowanceIsEnforced: "bool",
    allowanceRaisedJobs: "int4?",
    allowanceRaisedUntil: "timestamptz?",
  },
  text: `UPDATE virtual_keys SET limits = jsonb_strip_nulls(limits || $2),
      name = CASE WHEN 'name' = ANY($3) THEN $4 ELSE name END,
      expires_at = CASE WHEN 'expiresAt' = ANY($3) THEN $5 ELSE expires_at END,
      model_groups = CASE WHEN 'modelGroups' = ANY($3) THEN $6 ELSE model_groups END,
      allowance_resets = allowance_resets + CASE WHEN 'jobAllowance' = ANY($3) AND allowance_period IS DISTINCT FROM $8 THEN 1 ELSE 0 END,
      allowance_jobs = CASE WHEN 'jobAllowance' = ANY($3) THEN $7 ELSE allowance_jobs END,
      allowance_period = CASE WHEN 'jobAllowance' = ANY($3) THEN $8 ELSE allowance_period END,
      allowance_is_enforced = CASE WHEN 'jobAllowance' = ANY($3) THEN $9 ELSE allowance_is_enforced END,
      allowance_raised_jobs = CASE WHEN 'jobAllowance' = ANY($3) THEN $10 ELSE allowance_raised_jobs END,
      allowance_raised_until = CASE WHEN 'jobAllowance' = ANY($3) THEN $11 ELSE allowance_raised_until END
    WHERE id = $1 RETURNING ${columnsOf(virtualKeyRow)}`,
  row: virtualKeyRow,
});

/**
 * Gives a key that is accepted a new secret. The present one becomes the one before, for some seconds, and what was the one
 * before is accepted no more. If `ofRotation` is given, nothing happens unless this is the number of the present secret.
 */
export const rotateKey = statement({
  name: "rotate-key",
  params: { id: "uuid", secretHash: "bytea", prefix: "text", graceSeconds: "int4", ofRotation: "int4?" },
  text: `UPDATE virtual_keys SET secret_hash = $2, prefix = $3, rotations = rotations + 1,
      previous_secret_hash = CASE WHEN $4::int4 > 0 THEN secret_hash END,
      previous_valid_until = CASE WHEN $4::int4 > 0 THEN tollgate_now() + $4::int4 * interval '1 second' END
    WHERE id = $1 AND ${IS_VALID} AND COALESCE(rotations = $5::int4, TRUE) RETURNING ${columnsOf(virtualKeyRow)}`,
  row: virtualKeyRow,
});

/** The names of a team's model groups, in the order of assignment. */
export const groupNamesOfTeam = statement({
  name: "group-names-of-team",
  params: { teamId: "text" },
  text: `SELECT name FROM team_model_groups JOIN model_groups ON model_groups.id = group_id WHERE team_id = $1 ORDER BY team_model_groups.position`,
  row: { name: "text" },
});

/** Forgets how often the limits of a key refused calls, and how many jobs were opened with it. */
export const resetKeyRefusals = statement({
  name: "reset-key-refusals",
  params: { id: "uuid" },
  text: `UPDATE virtual_keys SET would_refuse = 0, allowance_would_refuse = 0, allowance_used = 0, allowance_span = NULL, allowance_resets = allowance_resets + 1
    WHERE id = $1 RETURNING ${columnsOf(virtualKeyRow)}`,
  row: virtualKeyRow,
});

/** Of each team the first keys that fit: those that are not revoked, oldest first, then the revoked ones. */
export function keysOfTeams(teamIds: readonly string[], ofEachMax: number, fitting: readonly Condition[]): Prisma.Sql {
  const conditions = Prisma.join([Prisma.sql`team_id = team.id`, ...fitting], " AND ");
  return Prisma.sql`SELECT ${Prisma.raw(columnsOf(virtualKeyRow, "key"))} FROM unnest(${teamIds}::text[]) AS team(id) CROSS JOIN LATERAL (
      SELECT * FROM virtual_keys WHERE ${conditions} ORDER BY revoked_at IS NOT NULL, created_at, id LIMIT ${ofEachMax}
    ) AS key`;
}

/** The keys of an organization's teams that are not deleted, newest first. */
export const virtualKeys = list({
  table: "virtual_keys",
  row: virtualKeyRow,
  throughParent: {
    table: "(SELECT id FROM teams WHERE organization_id = parent.id AND status <> 'DELETED') AS owner(team_id)",
    fits: "team_id = owner.team_id",
  },
  order: ["createdAt", "id"],
  direction: "DESC",
});

const STATUS =
  "CASE WHEN revoked_at IS NOT NULL THEN 'REVOKED' WHEN expires_at <= tollgate_now() THEN 'EXPIRED' ELSE 'ACTIVE' END";
const ANY_FIGURE = `ARRAY[${FIGURE_NAMES.map((name) => `'${name}'`).join(", ")}]`;
/** Whether nothing limits a key by itself: neither a limit of its own, nor one that its team has for its keys. */
const HAS_NO_LIMIT = `(NOT jsonb_exists_any(virtual_keys.limits, ${ANY_FIGURE}) AND NOT EXISTS (
    SELECT FROM teams WHERE teams.id = virtual_keys.team_id AND jsonb_exists_any(default_key_limits, ${ANY_FIGURE})))`;

/** Which keys a filter lets through. */
export function fits({ status, withoutLimit, withoutExpiry, unusedSince }: VirtualKeyFilter): Condition[] {
  const all: Condition[] = [];
  if (status) all.push(Prisma.sql`${Prisma.raw(STATUS)} = ANY(${status}::text[])`);
  if (withoutLimit != null) all.push(Prisma.sql`${Prisma.raw(HAS_NO_LIMIT)} = ${withoutLimit}`);
  if (withoutExpiry != null) all.push(Prisma.sql`(expires_at IS NULL) = ${withoutExpiry}`);
  if (unusedSince) all.push(Prisma.sql`COALESCE(last_used_at, created_at) < ${unusedSince}`);
  return all;
}
