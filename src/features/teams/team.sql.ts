import type { RowOf } from "../../db/column-type.js";
import { columnsOf } from "../../db/field-names.js";
import { type Condition, list } from "../../db/lists/list.js";
import { rowsById } from "../../db/rows/rows-by-id.js";
import { statement } from "../../db/statement.js";
import { Prisma, type Team } from "../../generated/prisma/client.js";

const teamRow = {
  id: "text",
  organizationId: "text",
  alias: "text",
  status: "account_status",
  suspendedBy: "text?",
  metadata: "jsonb",
  createdAt: "timestamptz",
  updatedAt: "timestamptz",
  deletedAt: "timestamptz?",
  limits: "jsonb",
  defaultKeyLimits: "jsonb",
  wouldRefuse: "int8",
  billingMode: "billing_mode",
  nanoCreditsPerUsd: "int8?",
  tokensPerCredit: "int4?",
  markupMillionths: "int4",
  creditPriceNanoUsd: "int8?",
  monthlyCredits: "int4?",
  monthlyCreditsFrom: "text?",
  lowCreditsThresholds: "jsonb",
  lowCreditsPercentThresholds: "jsonb",
  unpaidNanoUsdPerDay: "int8?",
  unpaidIsEnforced: "bool",
  unpaidRaisedNanoUsd: "int8?",
  unpaidRaisedUntil: "timestamptz?",
  unpaidWouldRefuse: "int8",
} as const satisfies RowOf<Team>;

export const findTeams = statement(rowsById("find-teams", "teams", teamRow));

/**
 * Changes what is not null of a team. Limits are merged into those of the team and of its keys: a figure that is null in
 * them is removed.
 */
export const changeTeam = statement({
  name: "change-team",
  params: { id: "text", limits: "jsonb", defaultKeyLimits: "jsonb", alias: "text?", metadata: "jsonb?" },
  text: `UPDATE teams SET limits = jsonb_strip_nulls(limits || $2), default_key_limits = jsonb_strip_nulls(default_key_limits || $3),
      alias = COALESCE($4, alias), metadata = COALESCE($5, metadata), updated_at = tollgate_now()
    WHERE id = $1 RETURNING ${columnsOf(teamRow)}`,
  row: teamRow,
});

/**
 * Suspends a team that may work. What an organization's key has suspended becomes the admin's suspension if the admin
 * suspends it, too. No row means that nothing was to be changed.
 */
export const suspendTeam = statement({
  name: "suspend-team",
  params: { id: "text", authority: "text" },
  text: `UPDATE teams SET status = 'SUSPENDED', suspended_by = $2::text, updated_at = tollgate_now()
    WHERE id = $1 AND (status = 'ACTIVE' OR (status = 'SUSPENDED' AND $2 = 'admin' AND suspended_by <> 'admin'))
    RETURNING ${columnsOf(teamRow)}`,
  row: teamRow,
});

/** Lets a suspended team work again, if the admin does it, or did not suspend it. No row means that it was not done. */
export const resumeTeam = statement({
  name: "resume-team",
  params: { id: "text", authority: "text" },
  text: `UPDATE teams SET status = 'ACTIVE', suspended_by = NULL, updated_at = tollgate_now()
    WHERE id = $1 AND status = 'SUSPENDED' AND ($2::text = 'admin' OR suspended_by <> 'admin')
    RETURNING ${columnsOf(teamRow)}`,
  row: teamRow,
});

/** Forgets how often the limits of a team refused calls and, if that is wanted, what jobs that ended unpaid have cost today. */
export const resetTeamRefusals = statement({
  name: "reset-team-refusals",
  params: { id: "text", emptiesUnpaid: "bool" },
  text: `WITH unpaid AS (
      DELETE FROM unpaid_costs WHERE $2::bool AND team_id = $1 AND day = (tollgate_now() AT TIME ZONE 'UTC')::date
    ) UPDATE teams SET would_refuse = 0, unpaid_would_refuse = CASE WHEN $2::bool THEN 0 ELSE unpaid_would_refuse END WHERE id = $1 RETURNING ${columnsOf(teamRow)}`,
  row: teamRow,
});

/** In order of id. */
export const teams = list({
  table: "teams",
  row: teamRow,
  parent: "organizationId",
  order: ["id"],
  direction: "ASC",
});

export const isTeamOf = (organizationId: string): Condition => Prisma.sql`organization_id = ${organizationId}`;
