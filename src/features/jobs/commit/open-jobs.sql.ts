import { statement } from "../../../db/statement.js";
import { BILLING_COLUMNS, billingOf } from "../../budgets/budget.sql.js";
import { type BudgetParts, hasAllowance, withBudgets, withoutBudgets } from "../../budgets/has-budget.sql.js";
import { FIRST_HOLD, lockedBalances, moveCreditsOf } from "../../credits/ledger-moves.sql.js";
import { isKeyKnown, takeKeysOf } from "../../idempotency/idempotency-keys.sql.js";
import { countAllowances, lockedAllowances } from "../../keys/allowance/job-allowance.sql.js";
import { CASES_OF_HOLDERS, JOIN_HOLDERS } from "../../keys/key-access.sql.js";
import { expiresAt } from "./job-expiry.sql.js";

/**
 * The statement that opens jobs. `budgets` makes a part of it that only allowances of keys need. Without these parts it
 * refuses each job that needs them as BUDGETED.
 *
 * Opens jobs, each with its hold. `batch` is a JSON array of JobsMember. Of each it checks, in this order: its key, its
 * team, its idempotency key and its team's credits. There is a row for each, which says why if nothing was written for
 * it. Locks are taken in the order balance, idempotency key.
 */
const openJobsText = (budgets: BudgetParts): string => `WITH input AS MATERIALIZED (
      SELECT * FROM ROWS FROM (jsonb_to_recordset($1::text::jsonb) AS (id uuid, "jobType" text, metadata jsonb, "maxCostNanoUsd" bigint, "maxTokens" bigint, "teamId" text, "keyId" uuid,
        "entryId" uuid, scope text, family text, key text, "inputHash" text)) WITH ORDINALITY
        AS input (id, job_type, metadata, max_cost_nano_usd, max_tokens, team_id, key_id, entry_id, scope, family, key, input_hash, ord)
    ), ${lockedBalances("SELECT team_id FROM input", "TRUE")},
    ${budgets(`${lockedAllowances("SELECT key_id FROM input", "(SELECT count(*) FROM balances) >= 0")},`)}
    checked AS (
      SELECT input.*, available, ${budgets("jobs_left, measured_left, span AS allowance_span,")} ${billingOf("teams")},
        CASE ${CASES_OF_HOLDERS}
          ${budgets("", `WHEN ${hasAllowance("virtual_keys")} THEN 'BUDGETED'`)}
          WHEN key IS NOT NULL AND ${isKeyKnown("input", "$4")} THEN 'KEY_TAKEN'
        END AS refusal
      FROM input ${JOIN_HOLDERS}
        LEFT JOIN balances ON account_id = input.team_id
        ${budgets("LEFT JOIN allowances ON allowances.key_id = input.key_id")}
    ), placed AS (
      SELECT *, row_number() OVER (PARTITION BY team_id ORDER BY ord) AS place FROM ${budgets(
        `(SELECT *, row_number() OVER (PARTITION BY key_id ORDER BY ord) AS place_of_allowance FROM checked WHERE refusal IS NULL) AS of_keys
      WHERE jobs_left IS NULL OR place_of_allowance <= jobs_left`,
        "checked WHERE refusal IS NULL",
      )}
    ), accepted AS (
      SELECT *, row_number() OVER (PARTITION BY scope, family, key ORDER BY ord) AS place_of_key FROM placed WHERE place <= available
    ), firsts AS (
      SELECT * FROM accepted WHERE key IS NULL OR place_of_key = 1
    ), ${takeKeysOf("firsts", "$4")},
    opened AS (
      SELECT * FROM firsts WHERE key IS NULL OR id IN (SELECT result_id FROM keys)
    ), written AS (
      INSERT INTO jobs (id, team_id, key_id, job_type, metadata, max_cost_nano_usd, max_tokens, allowance_span, created_at, expires_at,
        ${BILLING_COLUMNS})
      SELECT id, team_id, key_id, job_type, metadata, max_cost_nano_usd, max_tokens, ${budgets("allowance_span", "NULL")}, tollgate_now(), ${expiresAt("tollgate_now()", "$2", "$3")},
        ${BILLING_COLUMNS} FROM opened
      RETURNING id, allowance_span, created_at, expires_at, ${BILLING_COLUMNS}
    ), ${budgets(`${countAllowances("opened")},`)} holds AS (
      SELECT team_id, id AS job_id, entry_id, ${FIRST_HOLD}, 'key:' || key_id AS actor, ord FROM opened
    ), ${moveCreditsOf("holds")}
    SELECT input.id, CASE WHEN written.id IS NOT NULL THEN 'OPENED'
        WHEN checked.refusal IS NOT NULL THEN checked.refusal
        WHEN firsts.id IS NOT NULL THEN 'KEY_TAKEN'
        WHEN EXISTS (SELECT FROM accepted WHERE accepted.team_id = input.team_id AND id NOT IN (SELECT id FROM written)) THEN 'AGAIN'
        ${budgets("WHEN checked.jobs_left IS NOT NULL AND placed.id IS NULL THEN 'JOB_ALLOWANCE'")}
        ELSE 'NO_CREDIT' END AS verdict, created_at, expires_at, written.allowance_span, ${billingOf("written")},
      ${budgets("COALESCE(placed.place_of_allowance > placed.measured_left, FALSE)", "FALSE")} AS is_over_allowance
    FROM input LEFT JOIN checked USING (id) LEFT JOIN placed USING (id) LEFT JOIN firsts USING (id) LEFT JOIN written USING (id)`;

const params = { batch: "text", ttlMs: "float8", maxAgeMs: "float8", keptMs: "float8" } as const;
const row = {
  id: "uuid",
  verdict: "text",
  createdAt: "timestamptz?",
  expiresAt: "timestamptz?",
  nanoCreditsPerUsd: "int8?",
  tokensPerCredit: "int4?",
  markupMillionths: "int4?",
  creditPriceNanoUsd: "int8?",
  allowanceSpan: "text?",
  isOverAllowance: "bool",
} as const;

export const openJobs = statement({ name: "open-jobs", params, text: openJobsText(withoutBudgets), row });
export const openBudgetedJobs = statement({ name: "open-budgeted-jobs", params, text: openJobsText(withBudgets), row });
