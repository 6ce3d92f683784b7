import { columnOf } from "../../../db/field-names.js";
import { lockedById } from "../../../db/rows/locked-rows.sql.js";
import { statement } from "../../../db/statement.js";
import { billingOf, creditsTaken, isMetered } from "../../budgets/budget.sql.js";
import {
  endsInOrder,
  noteUnpaidCosts,
  ofOneCredit,
  takenAtEnd,
  withinBalances,
} from "../../budgets/end-of-budget.sql.js";
import { type BudgetParts, hasBudgetToEnd, withBudgets, withoutBudgets } from "../../budgets/has-budget.sql.js";
import { digitsOf } from "../../budgets/unpaid-cost.sql.js";
import { endOfHold, lockedBalances, MOVED, moveCreditsOf } from "../../credits/ledger-moves.sql.js";
import { expiresAfterUse } from "../../jobs/commit/job-expiry.sql.js";
import { giveAllowancesBack } from "../../keys/allowance/job-allowance.sql.js";
import { DETAILS } from "./attempt.js";
import { CALL_OF_TEAM_COLUMNS, callOfTeamRow, leaseUntil } from "./call-row.sql.js";

// A figure that would pass its column's limit stays at the limit: a settlement that fails would be a free answer.
const INT4_MAX = 2_147_483_647;
const INT8_MAX = 9_223_372_036_854_775_807n;
/** GraphQL's SafeInt and JavaScript count no further. */
const SAFE_INTEGER_MAX = Number.MAX_SAFE_INTEGER;

const COST_BY_NOW = `LEAST(cost_nano_usd + COALESCE(cost, 0), ${INT8_MAX})::bigint`;

const DETAIL_COLUMNS = DETAILS.map((name) => `"${name}" bigint`).join(", ");

const count = (condition: string): string => `count(*) FILTER (WHERE ${condition})::integer`;

const lockedRows = (budgets: BudgetParts): string => `input AS MATERIALIZED (
      SELECT * FROM jsonb_to_recordset($1::text::jsonb) AS input (id uuid, "entryId" uuid, "hasServed" boolean, status llm_call_status,
        model text, provider text, content text, reasoning text, "toolCalls" jsonb, extensions jsonb, "finishReason" text, "promptTokens" bigint,
        "completionTokens" bigint, ${DETAIL_COLUMNS}, "usageSource" usage_source,
        "costNanoUsd" bigint, "costSource" cost_source, "hasUnpricedPart" boolean, "timeToFirstTokenMs" integer, "errorCode" text, "errorMessage" text,
        "errorData" jsonb, attempts jsonb)
    ), calls_locked AS MATERIALIZED (
      SELECT id, job_id FROM ${lockedById("llm_calls", "SELECT id FROM input")} WHERE status = 'RUNNING'
    ), jobs_locked AS MATERIALIZED (
      SELECT id, team_id, key_id, allowance_span, of_one_call, closing_as, held_credits, entry_count, ${billingOf("jobs")}, cost_nano_usd,
        prompt_tokens + completion_tokens AS tokens, ${hasBudgetToEnd("jobs")} AS has_budget
      FROM ${lockedById("jobs", "SELECT job_id FROM calls_locked")}
    ), ${lockedBalances(`SELECT team_id FROM jobs_locked WHERE of_one_call${budgets(` OR ${isMetered("jobs_locked")}`)}`, "TRUE")}`;

/** The calls, their attempts, and the sums of both for each job. */
const settledCalls = (budgets: BudgetParts): string => `settled AS (
      UPDATE llm_calls SET status = input.status, model = input.model, provider = COALESCE(input.provider, llm_calls.provider), content = input.content, reasoning = input.reasoning,
        tool_calls = "toolCalls", extensions = input.extensions, finish_reason = "finishReason", prompt_tokens = "promptTokens",
        completion_tokens = "completionTokens", ${DETAILS.map((name) => `${columnOf(name)} = "${name}"`).join(", ")},
        usage_source = "usageSource", cost_nano_usd = "costNanoUsd", cost_source = "costSource", has_unpriced_part = "hasUnpricedPart",
        time_to_first_token_ms = "timeToFirstTokenMs", error_code = "errorCode", error_message = "errorMessage", error_data = "errorData",
        finished_at = tollgate_now(), lease_until = NULL,
        latency_ms = LEAST(GREATEST(0, round(extract(epoch FROM tollgate_now() - created_at) * 1000)), ${INT4_MAX})::integer
      FROM input JOIN calls_locked USING (id) WHERE llm_calls.id = input.id${budgets(
        "",
        `
        AND calls_locked.job_id NOT IN (SELECT id FROM jobs_locked WHERE has_budget)`,
      )}
      RETURNING llm_calls.id, llm_calls.job_id, llm_calls.status, llm_calls.provider, prompt_tokens, completion_tokens, usage_source, cost_source,
        has_unpriced_part, finished_at, latency_ms, cancel_requested_by, "entryId" AS entry_id, "hasServed" AS has_served, input.attempts
    ), attempts AS (
      INSERT INTO llm_call_attempts (call_id, provider, upstream, number, model, status, error_kind, started_at, first_token_at, ended_at,
        prompt_tokens, completion_tokens, ${DETAILS.map(columnOf).join(", ")}, usage_source, cost_nano_usd, cost_source, cost_components)
      SELECT settled.id, COALESCE(attempt.provider, settled.provider, 'unknown'), upstream, number, model, attempt.status, "errorKind",
        "startedAt", "firstTokenAt", "endedAt", "promptTokens", "completionTokens", ${DETAILS.map((name) => `"${name}"`).join(", ")},
        "usageSource", "costNanoUsd", "costSource", "costComponents" FROM settled, jsonb_to_recordset(settled.attempts) AS attempt (
        number integer, upstream text, provider text, model text, status llm_call_status, "errorKind" text, "startedAt" timestamptz, "firstTokenAt" timestamptz,
        "endedAt" timestamptz, "promptTokens" bigint, "completionTokens" bigint, ${DETAIL_COLUMNS}, "usageSource" usage_source, "costNanoUsd" bigint, "costSource" cost_source,
        "costComponents" jsonb)
      RETURNING call_id, status, cost_nano_usd
    ), costs AS (
      SELECT job_id, sum(attempts.cost_nano_usd) AS cost, sum(attempts.cost_nano_usd) FILTER (WHERE attempts.status <> 'SUCCEEDED') AS failed_cost
      FROM attempts JOIN settled ON settled.id = call_id GROUP BY job_id
    ), sums AS (
      SELECT job_id, ${count("TRUE")} AS calls, ${count("status = 'SUCCEEDED'")} AS successful, ${count("status = 'FAILED'")} AS failed,
        ${count("status = 'CANCELLED'")} AS cancelled, sum(prompt_tokens) AS prompt, sum(completion_tokens) AS completion,
        sum(latency_ms) AS latency_ms, ${count("usage_source = 'ESTIMATED'")} AS estimated,
        ${count("usage_source = 'UNKNOWN'")} AS unknown, ${count("cost_source = 'UNPRICED'")} AS unpriced,
        ${count("has_unpriced_part")} AS partly_unpriced
      FROM settled GROUP BY job_id
    )`;

/** The credits that are moved by it. */
const movedCredits = (budgets: BudgetParts): string => `due AS (
      SELECT jobs_locked.*, cost_nano_usd + COALESCE(costs.cost, 0) AS cost, ${budgets(
        creditsTaken(
          "jobs_locked",
          "jobs_locked.cost_nano_usd + COALESCE(costs.cost, 0)",
          "tokens + COALESCE(prompt, 0) + COALESCE(completion, 0)",
        ),
        "1",
      )} AS taken
      FROM jobs_locked ${budgets("JOIN sums ON job_id = id LEFT JOIN costs USING (job_id)", "LEFT JOIN costs ON job_id = id WHERE of_one_call")}
    ), due_moves AS (
      SELECT due.team_id, due.key_id, due.allowance_span, due.id AS job_id, entry_id, ${endsInOrder("outcome.status", "due.id")} AS ord, outcome.status,
        'gateway' AS actor, ${endOfHold("outcome.status", "due")}, ${takenAtEnd("outcome.status", "due")}
      FROM due JOIN settled ON settled.job_id = due.id CROSS JOIN LATERAL (
        SELECT COALESCE(closing_as, CASE WHEN has_served THEN 'COMPLETED' ELSE 'FAILED' END::job_status) AS status) AS outcome
      WHERE of_one_call${budgets(`
      UNION ALL
      SELECT team_id, key_id, NULL, id, gen_random_uuid(), '2' || id, NULL, 'gateway', 'HOLD', 0, held_credits, entry_count + 1, 0, taken - held_credits, 0, 0
      FROM due WHERE NOT of_one_call AND taken > held_credits AND ${isMetered("due")}`)}
    ), ${budgets(`${giveAllowancesBack("due_moves")},`)} moves AS (
      ${budgets(withinBalances("due_moves"), ofOneCredit("due_moves"))}
    ), ${noteUnpaidCosts("moves")}, ${moveCreditsOf("moves")}`;

const totalsAndAnswers = (budgets: BudgetParts): string => `totals AS (
      UPDATE jobs SET running_calls = running_calls - calls, successful_calls = successful_calls + successful,
        failed_calls = failed_calls + failed, cancelled_calls = cancelled_calls + cancelled,
        prompt_tokens = LEAST(prompt_tokens + COALESCE(prompt, 0), ${SAFE_INTEGER_MAX})::bigint,
        completion_tokens = LEAST(completion_tokens + COALESCE(completion, 0), ${SAFE_INTEGER_MAX})::bigint,
        cost_nano_usd = ${COST_BY_NOW}, cost_digits = ${digitsOf(COST_BY_NOW)},
        failed_attempts_cost_nano_usd = LEAST(failed_attempts_cost_nano_usd + COALESCE(failed_cost, 0), ${INT8_MAX})::bigint,
        latency_ms_total = latency_ms_total + latency_ms, estimated_calls = estimated_calls + estimated,
        unknown_usage_calls = unknown_usage_calls + unknown, unpriced_calls = unpriced_calls + unpriced,
        partly_unpriced_calls = partly_unpriced_calls + partly_unpriced,
        expires_at = ${expiresAfterUse("created_at", "$2", "$3")}, status = COALESCE(movements.status, jobs.status),
        closing_as = CASE WHEN movements.status IS NULL THEN closing_as END,
        completed_at = CASE WHEN movements.status IS NOT NULL THEN tollgate_now() END,
        credit_applied = COALESCE(movements.status = 'COMPLETED', FALSE),
        credits_remaining = CASE WHEN movements.status IS NOT NULL THEN available_after + held_after END,
        held_credits = COALESCE(movements.job_held_before + movements.held_credits, jobs.held_credits),
        entry_count = COALESCE(movements.job_sequence, jobs.entry_count), posted_credits = COALESCE(movements.posted, 0)
      FROM sums LEFT JOIN costs USING (job_id) LEFT JOIN movements USING (job_id) WHERE jobs.id = sums.job_id
      RETURNING jobs.id, jobs.team_id, jobs.status, credits_remaining, ${MOVED}
    ) SELECT calls_locked.id, CASE WHEN settled.id IS NULL THEN 'BUDGETED' ELSE 'SETTLED' END AS verdict, finished_at, latency_ms,
      cancel_requested_by, totals.status AS job_status,
      COALESCE(totals.credits_remaining, (SELECT available + held FROM credit_balances WHERE account_id = totals.team_id), 0) AS credits_remaining,
      ${budgets("CASE WHEN lag(settled.id) OVER (PARTITION BY totals.id ORDER BY settled.id) IS NULL THEN moved_as END AS moved_as", "moved_as")}, moved_credits
    FROM calls_locked LEFT JOIN settled USING (id) LEFT JOIN totals ON totals.id = settled.job_id`;

/**
 * The statement that settles calls. `budgets` makes a part of it that only jobs with a budget need. Without these parts it
 * writes nothing for their calls, and says BUDGETED of each.
 *
 * Writes how calls ended, a row for each of their attempts, and adds all of it to the totals of their jobs. `batch` is a
 * JSON array of SettlementMember. A job that was opened for one call ends with it: its hold is posted if the call has
 * served its client, and otherwise given back. There is no row for a call that was settled before, and nothing is written
 * for it: the first settlement wins. The hold of another job that is billed by cost or tokens grows to what it has used by
 * then, as far as its team has that available. Locks are taken in the order call, job, balance, each by its id.
 */
const settleCallsText = (budgets: BudgetParts): string =>
  `WITH ${lockedRows(budgets)}, ${settledCalls(budgets)}, ${movedCredits(budgets)},
    ${totalsAndAnswers(budgets)}`;

const params = { batch: "text", ttlMs: "float8", maxAgeMs: "float8" } as const;
const row = {
  id: "uuid",
  verdict: "text",
  finishedAt: "timestamptz?",
  latencyMs: "int4?",
  cancelRequestedBy: "text?",
  jobStatus: "job_status?",
  creditsRemaining: "int4",
  movedAs: "text?",
  movedCredits: "int4?",
} as const;

export const settleCalls = statement({ name: "settle-calls", params, text: settleCallsText(withoutBudgets), row });
export const settleBudgetedCalls = statement({
  name: "settle-budgeted-calls",
  params,
  text: settleCallsText(withBudgets),
  row,
});

/**
 * Calls whose lease runs out within `aheadMs`, but for those that this process runs itself (`ownIds`). Whoever ran those
 * that are due, with a `dueInMs` of 0, is gone.
 */
export const findOrphans = statement({
  name: "find-orphans",
  params: { ownIds: "uuid[]", aheadMs: "float8", batchMax: "int4" },
  text: `SELECT ${CALL_OF_TEAM_COLUMNS}, tollgate_now() AS now,
      GREATEST(0, ceil(extract(epoch FROM lease_until - tollgate_now()) * 1000))::integer AS due_in_ms
    FROM llm_calls JOIN jobs ON jobs.id = job_id
    WHERE llm_calls.status = 'RUNNING' AND lease_until < ${leaseUntil("$2")} AND llm_calls.id <> ALL($1)
    ORDER BY lease_until LIMIT $3::int4`,
  row: { ...callOfTeamRow, now: "timestamptz", dueInMs: "int4" },
});
