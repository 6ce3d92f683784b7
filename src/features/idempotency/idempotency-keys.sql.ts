import { statement } from "../../db/statement.js";

const forgottenBefore = (keptMs: string): string => `tollgate_now() - ${keptMs} * interval '1 ms'`;

/** What the first request with a key brought about, if that was less than `keptMs` ago. */
export const recallKey = statement({
  name: "recall-key",
  params: { scope: "text", family: "text", key: "text", keptMs: "float8" },
  text: `SELECT input_hash, result_id FROM idempotency_keys
    WHERE scope = $1 AND family = $2 AND key = $3 AND created_at > ${forgottenBefore("$4")}`,
  row: { inputHash: "bytea", resultId: "uuid" },
});

/**
 * Whether a key is remembered, as SQL for a part of a statement that has scope, family and key. `prefix` stands before the
 * names of these columns if the part has two keys.
 */
export const isKeyKnown = (
  part: string,
  keptMs: string,
  prefix = "",
): string => `EXISTS (SELECT FROM idempotency_keys AS known
            WHERE known.scope = ${part}.${prefix}scope AND known.family = ${part}.${prefix}family AND known.key = ${part}.${prefix}key
              AND known.created_at > ${forgottenBefore(keptMs)})`;

const IF_FORGOTTEN = `ON CONFLICT (scope, family, key) DO UPDATE
      SET input_hash = EXCLUDED.input_hash, result_id = EXCLUDED.result_id, created_at = EXCLUDED.created_at
      WHERE idempotency_keys.created_at <=`;

/**
 * `keys`, or another name: what takeKey does, for each row of `source` that has a key. Source is a part of a statement that
 * has scope, family, key, input_hash (in hexadecimal digits) and id (of the result).
 */
export const takeKeysOf = (source: string, keptMs: string, name = "keys"): string => `${name} AS (
      INSERT INTO idempotency_keys (scope, family, key, input_hash, result_id, created_at)
      SELECT scope, family, key, decode(input_hash, 'hex'), id, tollgate_now() FROM ${source} WHERE key IS NOT NULL ORDER BY scope, family, key
      ${IF_FORGOTTEN} ${forgottenBefore(keptMs)} RETURNING result_id
    )`;

/** Writes a key, or replaces one that is `keptMs` old. Returns no row if another request has the key. */
export const takeKey = statement({
  name: "take-key",
  params: {
    scope: "text",
    family: "text",
    key: "text",
    inputHash: "bytea",
    resultId: "uuid",
    keptMs: "float8",
  },
  text: `INSERT INTO idempotency_keys (scope, family, key, input_hash, result_id, created_at) VALUES ($1, $2, $3, $4, $5, tollgate_now())
    ${IF_FORGOTTEN} ${forgottenBefore("$6")} RETURNING key`,
  row: { key: "text" },
});

/** Writes a key as if that had been done `ageMs` ago, so that it is forgotten so much earlier. */
export const noteKey = statement({
  name: "note-key",
  params: { scope: "text", family: "text", key: "text", inputHash: "bytea", resultId: "uuid", ageMs: "float8" },
  text: `INSERT INTO idempotency_keys (scope, family, key, input_hash, result_id, created_at) VALUES ($1, $2, $3, $4, $5, ${forgottenBefore("$6")})
    ON CONFLICT DO NOTHING RETURNING key`,
  row: { key: "text" },
});

/** Takes away the oldest key of a family, and returns what it stands for. Of several who ask at once, each gets another. */
export const drawKey = statement({
  name: "draw-key",
  params: { scope: "text", family: "text", keptMs: "float8" },
  text: `DELETE FROM idempotency_keys WHERE ctid = ANY(ARRAY(
      SELECT ctid FROM idempotency_keys WHERE scope = $1 AND family = $2 AND created_at > ${forgottenBefore("$3")}
      ORDER BY created_at LIMIT 1 FOR UPDATE SKIP LOCKED)) RETURNING result_id`,
  row: { resultId: "uuid" },
});

/** Forgets the oldest keys. They are deleted where they lie (`ctid`), because they are locked there. */
export const forgetKeys = statement({
  name: "forget-keys",
  params: { keptMs: "float8", batchMax: "int4" },
  text: `DELETE FROM idempotency_keys WHERE ctid = ANY(ARRAY(
      SELECT ctid FROM idempotency_keys WHERE created_at <= ${forgottenBefore("$1")}
      ORDER BY created_at LIMIT $2::int4 FOR UPDATE SKIP LOCKED)) RETURNING result_id`,
  row: { resultId: "uuid" },
});
