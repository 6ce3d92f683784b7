import type { RowOf } from "../../db/column-type.js";
import { columnsOf } from "../../db/field-names.js";
import { statement } from "../../db/statement.js";
import type { VirtualKey } from "../../generated/prisma/client.js";

const virtualKeyRow = {
  id: "uuid",
  teamId: "text",
  name: "text?",
  prefix: "text",
  secretHash: "bytea",
  createdAt: "timestamptz",
  expiresAt: "timestamptz?",
  revokedAt: "timestamptz?",
  lastUsedAt: "timestamptz?",
  limits: "jsonb",
  wouldRefuse: "int8",
} as const satisfies RowOf<VirtualKey>;

/** Makes those who create keys of a team wait for each other, so that they count all keys that it has. */
export const lockTeamOfKeys = statement({
  name: "lock-team-of-keys",
  params: { teamId: "text" },
  text: "SELECT id FROM teams WHERE id = $1 FOR NO KEY UPDATE",
  row: { id: "text" },
});

/** Merges a change into the limits of a key: a figure that is null there is removed. */
export const changeKeyLimits = statement({
  name: "change-key-limits",
  params: { id: "uuid", change: "jsonb" },
  text: `UPDATE virtual_keys SET limits = jsonb_strip_nulls(limits || $2) WHERE id = $1 RETURNING ${columnsOf(virtualKeyRow)}`,
  row: virtualKeyRow,
});

/** Forgets how often the limits of a key refused calls. */
export const resetKeyRefusals = statement({
  name: "reset-key-refusals",
  params: { id: "uuid" },
  text: `UPDATE virtual_keys SET would_refuse = 0 WHERE id = $1 RETURNING ${columnsOf(virtualKeyRow)}`,
  row: virtualKeyRow,
});

/** Of each team the first keys: those that are not revoked, oldest first, then the revoked ones. */
export const keysOfTeams = statement({
  name: "keys-of-teams",
  params: { teamIds: "text[]", ofEachMax: "int4" },
  text: `SELECT ${columnsOf(virtualKeyRow, "key")} FROM unnest($1::text[]) AS team(id) CROSS JOIN LATERAL (
      SELECT * FROM virtual_keys WHERE team_id = team.id ORDER BY revoked_at IS NOT NULL, created_at, id LIMIT $2::int4
    ) AS key`,
  row: virtualKeyRow,
});
