import { statement } from "../../../db/statement.js";

export const statusesOfCalls = statement({
  name: "statuses-of-calls",
  params: { ids: "uuid[]" },
  text: "SELECT id, status::text AS version FROM llm_calls WHERE id = ANY($1)",
  row: { id: "uuid", version: "text" },
});
