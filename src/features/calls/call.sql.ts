import { list } from "../../db/page.js";
import { statement } from "../../db/statement.js";
import { llmCallRow } from "./commit/call-row.sql.js";

/** The calls of a job, oldest first. */
export const calls = list({
  table: "llm_calls",
  row: llmCallRow,
  parent: "jobId",
  order: ["createdAt", "id"],
  direction: "ASC",
});

/** Forgets what the oldest calls answered. Their usage and cost stay. */
export const forgetContent = statement({
  name: "forget-content",
  params: { finishedBefore: "timestamptz", batchMax: "int4" },
  text: `UPDATE llm_calls SET content = NULL, tool_calls = '[]' WHERE id IN (
      SELECT id FROM llm_calls WHERE finished_at < $1 AND (content IS NOT NULL OR tool_calls <> '[]') LIMIT $2::int4)`,
  row: {},
});
