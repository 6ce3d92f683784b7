import { lockedById } from "../../../db/rows/locked-rows.sql.js";
import { statement } from "../../../db/statement.js";
import { BILLING_COLUMNS, billingOf, capReached, costLeft, creditsForNextCall } from "../../budgets/budget.sql.js";
import {
  type BudgetParts,
  hasBudget,
  hasBudgetToCall,
  withBudgets,
  withoutBudgets,
} from "../../budgets/has-budget.sql.js";
import { costSinceCounted, unpaidCosts } from "../../budgets/unpaid-cost.sql.js";
import { FIRST_HOLD, lockedBalances, moveCreditsOf } from "../../credits/ledger-moves.sql.js";
import { isKeyKnown, takeKeysOf } from "../../idempotency/idempotency-keys.sql.js";
import { expiresAfterUse, expiresAt, HAS_EXPIRED } from "../../jobs/commit/job-expiry.sql.js";
import { countAllowances, lockedAllowances } from "../../keys/allowance/job-allowance.sql.js";
import { CASES_OF_HOLDERS, JOIN_HOLDERS } from "../../keys/key-access.sql.js";
import { planVersion } from "../../models/plan-lookup.sql.js";
import { leaseUntil } from "./call-row.sql.js";
import { keepQuestionsOf } from "./kept-question.sql.js";

/** A sum of costs as a column that has room for it. */
const capped = (sum: string): string => `LEAST(${sum}, 9223372036854775807)::bigint`;
const TOKENS = "prompt_tokens + completion_tokens";
/** The teams whose credits are needed: for a new job, or because a job has used up what it holds. */
const TEAMS_TO_CHARGE =
  "SELECT team_id FROM input WHERE opens_job UNION ALL SELECT team_id FROM jobs_locked WHERE needed > held_credits";

/** The rows that decide, locked as far as they may change meanwhile. */
const lockedRows = (budgets: BudgetParts): string => `input AS MATERIALIZED (
      SELECT * FROM ROWS FROM (jsonb_to_recordset($1::text::jsonb) AS (id uuid, "jobId" uuid, "opensJob" boolean, "jobType" text,
        "teamId" text, "keyId" uuid, kind llm_call_kind, "modelGroup" text, "planVersion" text, "isPriced" boolean, model text, provider text, purpose text, metadata jsonb,
        "entryId" uuid, scope text, family text, key text, "inputHash" text, "jobScope" text, "jobFamily" text, "jobKey" text, "jobInputHash" text, "jobMetadata" jsonb)) WITH ORDINALITY
        AS input (id, job_id, opens_job, job_type, team_id, key_id, kind, model_group, plan_version, is_priced, model, provider, purpose, metadata,
          entry_id, scope, family, key, input_hash, job_scope, job_family, job_key, job_input_hash, job_metadata, ord)
    ), plans AS MATERIALIZED (
      SELECT team_id, model_group, ${planVersion("asked.team_id", "asked.model_group")} AS version
      FROM (SELECT DISTINCT team_id, model_group FROM input) AS asked
    ), jobs_locked AS MATERIALIZED (
      SELECT id, team_id, status, closing_as, of_one_call, total_calls, ${HAS_EXPIRED} AS has_expired, held_credits, entry_count,
        markup_millionths, nano_credits_per_usd, max_cost_nano_usd, ${budgets(
          `cost_nano_usd AS cost_so_far, ${creditsForNextCall("jobs", "cost_nano_usd", TOKENS)} AS needed, ${capReached("jobs", "cost_nano_usd", TOKENS)} AS cap_reached,
        ${costLeft("jobs")} AS cost_left_nano_usd, max_tokens - (${TOKENS}) AS tokens_left`,
          `(${hasBudget("jobs")}) AS has_budget`,
        )}
      FROM ${lockedById("jobs", "SELECT job_id FROM input WHERE NOT opens_job")}
    ), ${lockedBalances(budgets(TEAMS_TO_CHARGE, "SELECT team_id FROM input WHERE opens_job"), "(SELECT count(*) FROM jobs_locked) >= 0")},
    ${budgets(`${lockedAllowances("SELECT key_id FROM input WHERE opens_job", "(SELECT count(*) FROM balances) >= 0")},
    ${unpaidCosts("SELECT team_id FROM input")},`)}`;

/** What speaks against each call by itself. */
const checkedCalls = (budgets: BudgetParts): string => `checked AS (
      SELECT input.*, ${budgets("jobs_left, measured_left, ended_cost, open_since AS open_cost, NOT unpaid.is_enforced AND is_unpaid_reached AS is_over_unpaid, span AS allowance_span, cost_left_nano_usd, tokens_left,")}
        ${billingOf("teams")}, job.markup_millionths AS job_markup, job.status AS job_status, job.closing_as, job.has_expired, job.of_one_call, job.total_calls, available,
        CASE ${CASES_OF_HOLDERS}
          ${budgets("", `WHEN ${hasBudgetToCall("virtual_keys", "teams")} OR job.has_budget THEN 'BUDGETED'`)}
          WHEN plans.version IS DISTINCT FROM plan_version THEN 'PLAN_CHANGED'
          WHEN job_key IS NOT NULL AND ${isKeyKnown("input", "$6", "job_")} THEN 'AGAIN'
          WHEN key IS NOT NULL AND ${isKeyKnown("input", "$6")} THEN 'KEY_TAKEN'
          ${budgets(`WHEN unpaid.is_enforced AND is_unpaid_reached THEN 'UNPAID_COST'
          WHEN NOT is_priced AND unpaid.is_enforced THEN 'UNPRICED_UNPAID_COST'
          WHEN NOT is_priced AND job.max_cost_nano_usd IS NOT NULL THEN 'UNPRICED_JOB_COST'
          WHEN NOT is_priced AND CASE WHEN opens_job THEN teams.nano_credits_per_usd ELSE job.nano_credits_per_usd END IS NOT NULL THEN 'UNPRICED_CREDITS'`)}
          WHEN opens_job THEN NULL
          WHEN job.id IS NULL THEN 'NO_JOB'
          WHEN job.status NOT IN ('PENDING', 'IN_PROGRESS') OR closing_as IS NOT NULL OR has_expired THEN 'JOB'
          ${budgets("ELSE cap_reached")}
        END AS refusal
      FROM input JOIN plans USING (team_id, model_group)
        ${JOIN_HOLDERS}
        LEFT JOIN jobs_locked AS job ON NOT opens_job AND job.id = job_id AND job.team_id = input.team_id
        LEFT JOIN balances ON account_id = input.team_id
        ${budgets(`LEFT JOIN allowances ON opens_job AND allowances.key_id = input.key_id
        LEFT JOIN unpaid ON unpaid.team_id = input.team_id
        LEFT JOIN LATERAL (SELECT open_cost + ${costSinceCounted("job")} AS open_since) AS fresh ON unpaid.team_id IS NOT NULL
        LEFT JOIN LATERAL (SELECT ended_cost + open_since >= most AS is_unpaid_reached) AS reached ON TRUE`)}
    )`;

/**
 * The calls that get a place, a credit, the key of the job that they open, and their own idempotency key, in turn. Of calls
 * with one key of a job, the first opens it.
 */
const servedCalls = (budgets: BudgetParts): string => `placed AS (
      SELECT *, row_number() OVER (PARTITION BY opens_job, CASE WHEN opens_job THEN team_id ELSE job_id::text END ORDER BY ord) AS place
      FROM ${budgets(
        `(SELECT *, row_number() OVER (PARTITION BY opens_job, key_id ORDER BY ord) AS place_of_allowance FROM checked WHERE refusal IS NULL) AS of_keys
      WHERE jobs_left IS NULL OR place_of_allowance <= jobs_left`,
        "checked WHERE refusal IS NULL",
      )}
    ), accepted AS (
      SELECT *, row_number() OVER (PARTITION BY scope, family, key ORDER BY ord) AS place_of_key,
        row_number() OVER (PARTITION BY job_scope, job_family, job_key ORDER BY ord) AS place_of_job_key
      FROM placed WHERE CASE WHEN opens_job THEN place <= available
        ELSE total_calls + place <= CASE WHEN of_one_call THEN 1 ELSE $5::int4 END END
    ), ${budgets(`growing AS (
      SELECT id AS job_id, team_id, needed - held_credits AS wanted, held_credits, entry_count FROM jobs_locked
      WHERE needed > held_credits AND id IN (SELECT job_id FROM accepted WHERE NOT opens_job)
    ), grown AS (
      SELECT growing.*, sum(wanted) OVER (PARTITION BY growing.team_id ORDER BY wanted, job_id) <= available - (
        SELECT count(*) FROM accepted WHERE opens_job AND accepted.team_id = growing.team_id) AS is_covered
      FROM growing JOIN balances ON account_id = growing.team_id
    ),`)} firsts AS (
      SELECT * FROM accepted WHERE (key IS NULL OR place_of_key = 1) AND (job_key IS NULL OR place_of_job_key = 1)${budgets(" AND job_id NOT IN (SELECT job_id FROM grown WHERE NOT is_covered)")}
    ), keyed AS (
      SELECT job_scope AS scope, job_family AS family, job_key AS key, job_input_hash AS input_hash, job_id AS id FROM firsts
    ), ${takeKeysOf("keyed", "$6", "job_keys")},
    joined AS (
      SELECT * FROM firsts WHERE job_key IS NULL OR job_id IN (SELECT result_id FROM job_keys)
    ), ${takeKeysOf("joined", "$6")},
    admitted AS (
      SELECT * FROM joined WHERE key IS NULL OR id IN (SELECT result_id FROM keys)
    ), opening AS (
      SELECT *, CASE WHEN id IN (SELECT id FROM admitted) THEN 1 ELSE 0 END AS calls FROM joined
      WHERE opens_job AND (job_key IS NOT NULL OR id IN (SELECT id FROM admitted))
    )`;

/** All that is written for them. */
const writtenRows = (budgets: BudgetParts): string => `begun AS (
      UPDATE jobs SET status = 'IN_PROGRESS', started_at = COALESCE(started_at, tollgate_now()), total_calls = total_calls + count,
        running_calls = running_calls + count, expires_at = ${expiresAfterUse("created_at", "$3", "$4")}${budgets(`,
        held_credits = jobs.held_credits + COALESCE(wanted, 0), entry_count = jobs.entry_count + CASE WHEN wanted IS NULL THEN 0 ELSE 1 END`)}
      FROM (SELECT job_id, count(*)::integer AS count FROM admitted WHERE NOT opens_job GROUP BY job_id) AS more${budgets(" LEFT JOIN grown USING (job_id)")}
      WHERE jobs.id = more.job_id
    ), opened AS (
      INSERT INTO jobs (id, team_id, key_id, job_type, status, of_one_call, created_at, started_at, expires_at, total_calls, running_calls,
        allowance_span, metadata, ${BILLING_COLUMNS})
      SELECT job_id, team_id, key_id, job_type, 'IN_PROGRESS', job_key IS NULL, tollgate_now(), tollgate_now(), ${expiresAt("tollgate_now()", "$3", "$4")}, calls, calls,
        ${budgets("allowance_span", "NULL")}, COALESCE(job_metadata, '{}'), ${BILLING_COLUMNS}
      FROM opening
    ), ${budgets(`${countAllowances("opening")},`)} holds AS (
      SELECT team_id, job_id, entry_id, ${FIRST_HOLD}, 'key:' || key_id AS actor, ord FROM opening${budgets(`
      UNION ALL
      SELECT team_id, job_id, gen_random_uuid(), 'HOLD', wanted, 0, held_credits, entry_count + 1, 'gateway', 0
      FROM grown WHERE job_id IN (SELECT job_id FROM admitted WHERE NOT opens_job)`)}
    ), ${moveCreditsOf("holds")},
    written AS (
      INSERT INTO llm_calls (id, job_id, team_id, key_id, kind, status, model_group, model, provider, purpose, metadata, created_at, lease_until,
        markup_millionths)
      SELECT id, job_id, team_id, key_id, kind, 'RUNNING', model_group, model, provider, purpose, metadata, tollgate_now(), ${leaseUntil("$2")},
        COALESCE(job_markup, markup_millionths) FROM admitted
      RETURNING id, created_at, lease_until
    ), ${keepQuestionsOf("admitted")}`;

/** What each member is told. */
const answers = (budgets: BudgetParts): string => `SELECT input.id, CASE WHEN written.id IS NOT NULL THEN 'ADMITTED'
        WHEN checked.refusal IS NOT NULL THEN checked.refusal
        WHEN joined.id IS NOT NULL THEN 'KEY_TAKEN'
        WHEN firsts.id IS NOT NULL THEN 'AGAIN'
        ${budgets("WHEN checked.job_id IN (SELECT job_id FROM grown WHERE NOT is_covered) THEN 'NO_CREDIT'")}
        WHEN EXISTS (SELECT FROM accepted WHERE accepted.team_id = input.team_id AND id NOT IN (SELECT id FROM written)) THEN 'AGAIN'
        ${budgets("WHEN checked.jobs_left IS NOT NULL AND placed.id IS NULL THEN 'JOB_ALLOWANCE'")}
        WHEN input.opens_job THEN 'NO_CREDIT' ELSE 'JOB' END AS verdict,
      COALESCE(checked.job_markup, checked.markup_millionths, 0) AS markup_millionths,
      written.created_at, lease_until, checked.job_status, checked.closing_as, COALESCE(checked.has_expired, FALSE) AS has_expired,
      COALESCE(checked.of_one_call, FALSE) AS of_one_call,
      ${budgets(
        `checked.cost_left_nano_usd, checked.tokens_left, ${capped("checked.ended_cost")} AS ended_cost_nano_usd, ${capped("checked.open_cost")} AS open_cost_nano_usd,
      COALESCE(checked.is_over_unpaid, FALSE) AS is_over_unpaid_cost, COALESCE(placed.place_of_allowance > placed.measured_left, FALSE) AS is_over_allowance,
      CASE WHEN written.id IS NULL THEN 0 WHEN input.opens_job THEN 1
        WHEN lag(written.id) OVER (PARTITION BY input.job_id, written.id IS NULL ORDER BY input.ord) IS NULL
        THEN COALESCE((SELECT wanted FROM grown WHERE grown.job_id = input.job_id), 0)::integer ELSE 0 END AS held_credits`,
        `NULL::int8 AS cost_left_nano_usd, NULL::int8 AS tokens_left, NULL::int8 AS ended_cost_nano_usd, NULL::int8 AS open_cost_nano_usd,
      FALSE AS is_over_unpaid_cost, FALSE AS is_over_allowance, CASE WHEN written.id IS NOT NULL AND input.opens_job THEN 1 ELSE 0 END AS held_credits`,
      )}
    FROM input LEFT JOIN checked USING (id) LEFT JOIN placed USING (id) LEFT JOIN firsts USING (id) LEFT JOIN joined USING (id) LEFT JOIN written USING (id)`;

/**
 * The statement that admits calls. `budgets` makes a part of it that only budgets need. Without these parts it costs the
 * database a third less, and refuses each call that needs them as BUDGETED.
 *
 * Commits to calls before anything is asked of the upstream. `batch` is a JSON array of CallsMember. Of each it checks,
 * in this order: its key, its team, the plan that was read for it, its idempotency key, and its job or its team's
 * credits. What passes is written: the idempotency key, the job (opened with its hold and its key, or counting one call
 * more), the call, and what is kept of its question. There is a row for each member, which says why if nothing was written
 * for it. A job is opened without its call in one case: another request takes the call's idempotency key at the same
 * moment, and names another job. Members of one team, or of one job, are served in the order of the batch. Of jobs that must hold more, those that need the fewest credits come first.
 * Locks are taken in the order job, balance, key with an allowance, key of a job, idempotency key, each by its id.
 */
const admitCallsText = (budgets: BudgetParts): string =>
  `WITH ${lockedRows(budgets)}
    ${checkedCalls(budgets)}, ${servedCalls(budgets)}, ${writtenRows(budgets)} ${answers(budgets)}`;

const params = {
  batch: "text",
  leaseMs: "float8",
  ttlMs: "float8",
  maxAgeMs: "float8",
  maxCalls: "int4",
  keptMs: "float8",
} as const;
const row = {
  id: "uuid",
  verdict: "text",
  createdAt: "timestamptz?",
  leaseUntil: "timestamptz?",
  jobStatus: "job_status?",
  closingAs: "job_status?",
  hasExpired: "bool",
  ofOneCall: "bool",
  markupMillionths: "int4",
  costLeftNanoUsd: "int8?",
  tokensLeft: "safeint?",
  endedCostNanoUsd: "int8?",
  openCostNanoUsd: "int8?",
  isOverUnpaidCost: "bool",
  isOverAllowance: "bool",
  heldCredits: "int4",
} as const;

export const admitCalls = statement({ name: "admit-calls", params, text: admitCallsText(withoutBudgets), row });
export const admitBudgetedCalls = statement({
  name: "admit-budgeted-calls",
  params,
  text: admitCallsText(withBudgets),
  row,
});
