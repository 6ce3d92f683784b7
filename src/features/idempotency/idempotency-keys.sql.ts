import { statement } from "../../db/statement.js";

/** What the first request with a key brought about, if that was after `cutoff`. */
export const recallKey = statement({
  name: "recall-key",
  params: { scope: "text", family: "text", key: "text", cutoff: "timestamptz" },
  text: `SELECT input_hash, result_id FROM idempotency_keys
    WHERE scope = $1 AND family = $2 AND key = $3 AND created_at > $4`,
  row: { inputHash: "bytea", resultId: "uuid" },
});

/** Writes a key, or replaces one that is not newer than `cutoff`. Returns no row if another request has the key. */
export const takeKey = statement({
  name: "take-key",
  params: {
    scope: "text",
    family: "text",
    key: "text",
    inputHash: "bytea",
    resultId: "uuid",
    now: "timestamptz",
    cutoff: "timestamptz",
  },
  text: `INSERT INTO idempotency_keys (scope, family, key, input_hash, result_id, created_at) VALUES ($1, $2, $3, $4, $5, $6)
    ON CONFLICT (scope, family, key) DO UPDATE
      SET input_hash = EXCLUDED.input_hash, result_id = EXCLUDED.result_id, created_at = EXCLUDED.created_at
      WHERE idempotency_keys.created_at <= $7
    RETURNING key`,
  row: { key: "text" },
});

export const forgetKeys = statement({
  name: "forget-keys",
  params: { cutoff: "timestamptz", batchMax: "int4" },
  text: `DELETE FROM idempotency_keys WHERE (scope, family, key) IN (
      SELECT scope, family, key FROM idempotency_keys WHERE created_at <= $1 LIMIT $2::int4)`,
  row: {},
});
