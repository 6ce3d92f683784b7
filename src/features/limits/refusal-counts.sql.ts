import { statement } from "../../db/statement.js";

/** Adds what was refused to the counts of teams, which are locked in order of id. `batch` is a JSON array of id and count. */
export const addTeamRefusals = statement({
  name: "add-team-refusals",
  params: { batch: "text" },
  text: `WITH more AS MATERIALIZED (
      SELECT id, count FROM jsonb_to_recordset($1::text::jsonb) AS more (id text, count bigint)
    ), locked AS MATERIALIZED (
      SELECT id FROM teams WHERE id = ANY (ARRAY(SELECT id FROM more)) ORDER BY id FOR NO KEY UPDATE
    ) UPDATE teams SET would_refuse = would_refuse + count FROM more JOIN locked USING (id) WHERE teams.id = more.id`,
  row: {},
});

/** The same for keys. */
export const addKeyRefusals = statement({
  name: "add-key-refusals",
  params: { batch: "text" },
  text: `WITH more AS MATERIALIZED (
      SELECT id, count FROM jsonb_to_recordset($1::text::jsonb) AS more (id uuid, count bigint)
    ), locked AS MATERIALIZED (
      SELECT id FROM virtual_keys WHERE id = ANY (ARRAY(SELECT id FROM more)) ORDER BY id FOR NO KEY UPDATE
    ) UPDATE virtual_keys SET would_refuse = would_refuse + count FROM more JOIN locked USING (id) WHERE virtual_keys.id = more.id`,
  row: {},
});
