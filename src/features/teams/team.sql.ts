import type { RowOf } from "../../db/column-type.js";
import { columnsOf } from "../../db/field-names.js";
import { type Condition, list } from "../../db/page.js";
import { statement } from "../../db/statement.js";
import { type AccountStatus, Prisma, type Team } from "../../generated/prisma/client.js";

const teamRow = {
  id: "text",
  organizationId: "text",
  alias: "text",
  status: "account_status",
  metadata: "jsonb",
  createdAt: "timestamptz",
  updatedAt: "timestamptz",
  limits: "jsonb",
  defaultKeyLimits: "jsonb",
  wouldRefuse: "int8",
  billingMode: "billing_mode",
  nanoCreditsPerUsd: "int8?",
  tokensPerCredit: "int4?",
  markupMillionths: "int4",
  monthlyCredits: "int4?",
  monthlyCreditsFrom: "text?",
  lowCreditsThresholds: "jsonb",
  unpaidNanoUsdPerDay: "int8?",
} as const satisfies RowOf<Team>;

export const findTeams = statement({
  name: "find-teams",
  params: { ids: "text[]" },
  text: `SELECT ${columnsOf(teamRow)} FROM teams WHERE id = ANY($1)`,
  row: teamRow,
});

/** Locks a team's row until the transaction ends: everyone else who wants to change it waits. */
export const lockTeam = statement({
  name: "lock-team",
  params: { id: "text" },
  text: `SELECT ${columnsOf(teamRow)} FROM teams WHERE id = $1 FOR NO KEY UPDATE`,
  row: teamRow,
});

/** Merges changes into the limits of a team and into those of its keys: a figure that is null there is removed. */
export const changeTeamLimits = statement({
  name: "change-team-limits",
  params: { id: "text", limits: "jsonb", defaultKeyLimits: "jsonb" },
  text: `UPDATE teams SET limits = jsonb_strip_nulls(limits || $2), default_key_limits = jsonb_strip_nulls(default_key_limits || $3),
      updated_at = tollgate_now() WHERE id = $1 RETURNING ${columnsOf(teamRow)}`,
  row: teamRow,
});

/** Forgets how often the limits of a team refused calls. */
export const resetTeamRefusals = statement({
  name: "reset-team-refusals",
  params: { id: "text" },
  text: `UPDATE teams SET would_refuse = 0 WHERE id = $1 RETURNING ${columnsOf(teamRow)}`,
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

export const hasStatus = (status: AccountStatus): Condition => Prisma.sql`status = ${status}::account_status`;
