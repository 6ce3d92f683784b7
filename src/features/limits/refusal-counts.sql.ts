import { statement } from "../../db/statement.js";

/** Adds what was refused to a count of rows, which are locked in order of id. Its parameter is a JSON array of id and count. */
const addition = (table: "teams" | "virtual_keys", column: string, idType: "text" | "uuid"): string =>
  `WITH more AS MATERIALIZED (
      SELECT id, count FROM jsonb_to_recordset($1::text::jsonb) AS more (id ${idType}, count bigint)
    ), locked AS MATERIALIZED (
      SELECT id FROM ${table} WHERE id = ANY (ARRAY(SELECT id FROM more)) ORDER BY id FOR NO KEY UPDATE
    ) UPDATE ${table} SET ${column} = ${column} + count FROM more JOIN locked USING (id) WHERE ${table}.id = more.id`;

/** What the limits of teams refused. */
export const addTeamRefusals = statement({
  name: "add-team-refusals",
  params: { batch: "text" },
  text: addition("teams", "would_refuse", "text"),
  row: {},
});

/** What the limits of keys refused. */
export const addKeyRefusals = statement({
  name: "add-key-refusals",
  params: { batch: "text" },
  text: addition("virtual_keys", "would_refuse", "uuid"),
  row: {},
});

/** What the limits of unpaid cost refused, which teams have. */
export const addUnpaidRefusals = statement({
  name: "add-unpaid-refusals",
  params: { batch: "text" },
  text: addition("teams", "unpaid_would_refuse", "text"),
  row: {},
});

/** What the allowances of keys refused. */
export const addAllowanceRefusals = statement({
  name: "add-allowance-refusals",
  params: { batch: "text" },
  text: addition("virtual_keys", "allowance_would_refuse", "uuid"),
  row: {},
});
