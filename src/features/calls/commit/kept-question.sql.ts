/**
 * `kept`: writes what is kept of the questions of calls. `source` is a part of a statement that has id and team_id, and $1
 * is the batch. Few calls have such a question, and it may have megabytes, so it is not carried through the other parts.
 * The name of its field also occurs in what clients send. Then the batch is read once more for nothing.
 */
export const keepQuestionsOf = (source: string): string => `kept AS (
      INSERT INTO responses (call_id, team_id, previous_id, input, asked, bytes, created_at)
      SELECT id, team_id, (kept->>'previousId')::uuid, kept->>'input', kept->>'asked',
        octet_length(kept->>'input') + octet_length(kept->>'asked'), tollgate_now()
      FROM jsonb_to_recordset(CASE WHEN position('"kept":' IN $1) > 0 THEN $1::text::jsonb ELSE '[]' END) AS question (id uuid, kept jsonb)
        JOIN ${source} USING (id) WHERE kept IS NOT NULL
    )`;
