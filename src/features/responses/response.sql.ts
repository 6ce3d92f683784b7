import type { RowOf } from "../../db/column-type.js";
import { columnsOf } from "../../db/field-names.js";
import { statement } from "../../db/statement.js";
import type { KeptResponse } from "../../generated/prisma/client.js";
import { calls } from "../calls/call.sql.js";

const keptRow = {
  callId: "uuid",
  teamId: "text",
  previousId: "uuid?",
  input: "text",
  asked: "text",
  bytes: "int4",
  createdAt: "timestamptz",
} as const satisfies RowOf<KeptResponse>;

const { teamId: _team, createdAt: _created, ...questionRow } = keptRow;
const COLUMNS = `${columnsOf(questionRow, "responses")}, ${columnsOf(calls.row, "llm_calls")}`;

/** A response with its call. */
const responseRow = { ...questionRow, ...calls.row } as const;

/** What is kept of responses of a team. */
export const findResponses = statement({
  name: "find-responses",
  params: { callIds: "uuid[]", teamId: "text" },
  text: `SELECT ${COLUMNS} FROM responses JOIN llm_calls ON llm_calls.id = responses.call_id
    WHERE responses.call_id = ANY($1) AND responses.team_id = $2`,
  row: responseRow,
});

/**
 * A response of a team and all before it, the oldest first. Reading stops when there are more than `responsesMax`, or more
 * than `bytesMax` of questions and answers.
 */
export const conversationOf = statement({
  name: "conversation-of-response",
  params: { callId: "uuid", teamId: "text", responsesMax: "int4", bytesMax: "int4" },
  text: `WITH RECURSIVE chain AS (
      SELECT call_id, previous_id, 1 AS place, bytes::bigint AS total FROM responses WHERE call_id = $1 AND team_id = $2
      UNION ALL
      SELECT before.call_id, before.previous_id, place + 1, total + before.bytes + COALESCE(octet_length(content), 0)
      FROM chain JOIN responses AS before ON before.call_id = chain.previous_id AND before.team_id = $2
        JOIN llm_calls ON llm_calls.id = before.call_id
      WHERE place <= $3::int4 AND total <= $4::int4
    ) SELECT chain.place, LEAST(chain.total, 2147483647)::integer AS bytes_total, ${COLUMNS}
    FROM chain JOIN responses USING (call_id) JOIN llm_calls ON llm_calls.id = chain.call_id
    ORDER BY chain.place DESC`,
  row: { place: "int4", bytesTotal: "int4", ...responseRow },
});

/** How much the responses of a team take. */
export const bytesOfTeam = statement({
  name: "bytes-of-responses",
  params: { teamId: "text" },
  text: "SELECT COALESCE(sum(bytes), 0)::bigint AS bytes FROM responses WHERE team_id = $1",
  row: { bytes: "safeint" },
});

/** Deletes a response with its answer. What its call used and cost stays. */
export const deleteResponse = statement({
  name: "delete-response",
  params: { callId: "uuid" },
  text: `WITH deleted AS (DELETE FROM responses WHERE call_id = $1 RETURNING call_id)
    UPDATE llm_calls SET content = NULL, reasoning = NULL, tool_calls = '[]', extensions = '{}'
    FROM deleted WHERE id = call_id AND status <> 'RUNNING' RETURNING id`,
  row: { id: "uuid" },
});

/** Forgets the oldest responses whose calls ended longer ago than `retentionMs`. */
export const forgetResponses = statement({
  name: "forget-responses",
  params: { retentionMs: "float8", batchMax: "int4" },
  text: `DELETE FROM responses WHERE call_id = ANY(ARRAY(
      SELECT call_id FROM responses JOIN llm_calls ON id = call_id
      WHERE responses.created_at < tollgate_now() - $1 * interval '1 ms' AND finished_at < tollgate_now() - $1 * interval '1 ms'
      ORDER BY responses.created_at LIMIT $2::int4 FOR UPDATE OF responses SKIP LOCKED)) RETURNING call_id`,
  row: { callId: "uuid" },
});

/** Forgets responses of a team, whatever their age. */
export const forgetResponsesOfTeam = statement({
  name: "forget-responses-of-team",
  params: { teamId: "text", batchMax: "int4" },
  text: `DELETE FROM responses WHERE call_id = ANY(ARRAY(
      SELECT call_id FROM responses WHERE team_id = $1 LIMIT $2::int4 FOR UPDATE SKIP LOCKED)) RETURNING call_id`,
  row: { callId: "uuid" },
});
