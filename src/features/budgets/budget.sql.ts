// How many credits jobs cost, as SQL. A job keeps how its team was billed when it opened: nano_credits_per_usd, or
// tokens_per_credit, or neither of them if it costs one credit. The arguments of the functions are SQL.

const CREDITS_MAX = 2_147_483_647;

/** The columns of a team, or of a job, that say how it is billed. */
export const BILLING_COLUMNS = "nano_credits_per_usd, tokens_per_credit, markup_millionths, credit_price_nano_usd";

/** The same columns of one table. */
export const billingOf = (table: string): string =>
  `${table}.nano_credits_per_usd, ${table}.tokens_per_credit, ${table}.markup_millionths, ${table}.credit_price_nano_usd`;

/** Whether a job costs more than one credit, if its calls cost enough. */
export const isMetered = (job: string): string =>
  `(${job}.nano_credits_per_usd IS NOT NULL OR ${job}.tokens_per_credit IS NOT NULL)`;

/**
 * What a job has used so far, in parts of a credit, and how many of these parts make a credit. Both are whole numbers, so
 * that nothing is rounded. Null if the job costs one credit.
 */
const partsUsed = (job: string, costNanoUsd: string, tokens: string): string =>
  `CASE WHEN ${job}.nano_credits_per_usd IS NOT NULL
        THEN (${costNanoUsd})::numeric * (1000000 + ${job}.markup_millionths) * ${job}.nano_credits_per_usd
      WHEN ${job}.tokens_per_credit IS NOT NULL THEN (${tokens})::numeric END`;
const partsOfCredit = (job: string): string => `COALESCE(${job}.tokens_per_credit, 1e24)`;

/** The credits that a job takes when it completes: what it has used, rounded up, and 1 at least. */
export const creditsTaken = (job: string, costNanoUsd: string, tokens: string): string =>
  `LEAST(GREATEST(1, div(COALESCE(${partsUsed(job, costNanoUsd, tokens)}, 1) + ${partsOfCredit(job)} - 1,
      ${partsOfCredit(job)})), ${CREDITS_MAX})::integer`;

/** The credits that a job must hold before another call may begin: more than it has used, even if no account can have so many. */
export const creditsForNextCall = (job: string, costNanoUsd: string, tokens: string): string =>
  `LEAST(div(COALESCE(${partsUsed(job, costNanoUsd, tokens)}, 0), ${partsOfCredit(job)}) + 1, ${CREDITS_MAX} + 1::bigint)::bigint`;

/** Which limit of its own a job has reached: JOB_COST or JOB_TOKENS. Null if it has reached none. */
export const capReached = (job: string, costNanoUsd: string, tokens: string): string =>
  `CASE WHEN (${costNanoUsd})::numeric * (1000000 + ${job}.markup_millionths) >= ${job}.max_cost_nano_usd::numeric * 1000000 THEN 'JOB_COST'
      WHEN ${tokens} >= ${job}.max_tokens THEN 'JOB_TOKENS' END`;

/** What calls may still cost until a job reaches its limit, before the markup. Null if it has no such limit. */
export const costLeft = (job: string): string =>
  `CASE WHEN ${job}.max_cost_nano_usd IS NOT NULL THEN div(GREATEST(0, ${job}.max_cost_nano_usd::numeric * 1000000
        - ${job}.cost_nano_usd::numeric * (1000000 + ${job}.markup_millionths)), 1000000 + ${job}.markup_millionths)::bigint END`;

/**
 * How many of the credits that a row wants it gets: what is left of `available` after the rows before it. `rows` is the
 * alias of rows with team_id, wanted and ord, their order within a team.
 */
export const grantedInTurn = (rows: string, available: string): string =>
  `LEAST(${rows}.wanted, GREATEST(0, ${available} + ${rows}.wanted - sum(${rows}.wanted) OVER (PARTITION BY ${rows}.team_id
        ORDER BY ${rows}.ord ROWS UNBOUNDED PRECEDING)))::integer`;
