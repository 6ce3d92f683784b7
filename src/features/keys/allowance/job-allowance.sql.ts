// How many jobs may be opened with a key, as parts of the statements that open and end jobs. A job counts in the span in
// which it was opened: a month, or all time. If it gives its credits back, it counts no more.

const MONTH = "to_char(tollgate_now() AT TIME ZONE 'UTC', 'YYYY-MM')";

/**
 * The span that is counted now. A reset, or another period, makes it another one, so that jobs from before
 * give nothing back.
 */
const SPAN = `allowance_resets || '/' || CASE allowance_period WHEN 'MONTH' THEN ${MONTH} ELSE '' END`;

/** How many jobs may be opened with a key in the span that is counted now. */
const MOST = "CASE WHEN allowance_raised_until > tollgate_now() THEN allowance_raised_jobs ELSE allowance_jobs END";

/**
 * `allowances`: the keys that have an allowance, locked in the order of their ids until the transaction ends, each with
 * how many jobs it has opened in the present span, and how many more it may open: `jobs_left`, or `measured_left` if more
 * are let in and counted. `keyIds` is SQL that selects the ids.
 * `after` is SQL of a condition that must have been read first, so that locks are taken in one order.
 */
export const lockedAllowances = (keyIds: string, after: string): string => `allowances AS MATERIALIZED (
      SELECT key_id, span, used, CASE WHEN is_enforced THEN most - used END AS jobs_left, CASE WHEN NOT is_enforced THEN most - used END AS measured_left
      FROM (SELECT id AS key_id, ${SPAN} AS span, ${MOST} AS most, allowance_is_enforced AS is_enforced, allowance_used, allowance_span FROM virtual_keys
          WHERE ${after} AND allowance_jobs IS NOT NULL AND id = ANY (ARRAY(${keyIds})) ORDER BY id FOR NO KEY UPDATE) AS keys,
        LATERAL (SELECT CASE WHEN allowance_span = span THEN allowance_used ELSE 0 END AS used) AS of_span
    )`;

/** `counted`: counts the jobs of `opened`, rows with key_id, at their keys. */
export const countAllowances = (opened: string): string => `counted AS (
      UPDATE virtual_keys SET allowance_used = used + count, allowance_span = span
      FROM (SELECT key_id, count(*)::integer AS count FROM ${opened} GROUP BY key_id) AS more JOIN allowances USING (key_id)
      WHERE virtual_keys.id = more.key_id
    )`;

/**
 * `given_back`: counts jobs no more that end without taking credits. `ends` is the name of rows with key_id,
 * allowance_span and released, which is above 0 for such a job. The count stays at 0, whatever the clock of the database has
 * done meanwhile: an end that fails would be a free job.
 */
export const giveAllowancesBack = (ends: string): string => `allowances_back AS MATERIALIZED (
      SELECT id FROM virtual_keys
      WHERE id = ANY (ARRAY(SELECT key_id FROM ${ends} WHERE released > 0 AND allowance_span IS NOT NULL))
      ORDER BY id FOR NO KEY UPDATE
    ), given_back AS (
      UPDATE virtual_keys SET allowance_used = GREATEST(0, allowance_used - count)
      FROM (SELECT key_id, allowance_span AS span, count(*)::integer AS count FROM ${ends}
          WHERE released > 0 AND allowance_span IS NOT NULL GROUP BY key_id, allowance_span) AS less
        JOIN allowances_back ON allowances_back.id = key_id
      WHERE virtual_keys.id = less.key_id AND allowance_span = span
    )`;
