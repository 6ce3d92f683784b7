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
} as const satisfies RowOf<VirtualKey>;

/** Of each team the first keys: those that are not revoked, oldest first, then the revoked ones. */
export const keysOfTeams = statement({
  name: "keys-of-teams",
  params: { teamIds: "text[]", ofEachMax: "int4" },
  text: `SELECT ${columnsOf(virtualKeyRow, "key")} FROM unnest($1::text[]) AS team(id) CROSS JOIN LATERAL (
      SELECT * FROM virtual_keys WHERE team_id = team.id ORDER BY revoked_at IS NOT NULL, created_at, id LIMIT $2::int4
    ) AS key`,
  row: virtualKeyRow,
});
