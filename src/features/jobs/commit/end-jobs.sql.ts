import { columnsOf } from "../../../db/field-names.js";
import { lockedById } from "../../../db/rows/locked-rows.sql.js";
import { statement } from "../../../db/statement.js";
import { creditsTaken } from "../../budgets/budget.sql.js";
import {
  endsInOrder,
  noteUnpaidCosts,
  ofOneCredit,
  takenAtEnd,
  withinBalances,
} from "../../budgets/end-of-budget.sql.js";
import { type BudgetParts, hasBudgetToEnd, withBudgets, withoutBudgets } from "../../budgets/has-budget.sql.js";
import { endOfHold, lockedBalances, MOVED, moveCreditsOf, SET_ENDED_CREDITS } from "../../credits/ledger-moves.sql.js";
import { giveAllowancesBack } from "../../keys/allowance/job-allowance.sql.js";
import { jobRow } from "../job.sql.js";
import { HAS_EXPIRED } from "./job-expiry.sql.js";

/**
 * The statement that ends jobs. `budgets` makes a part of it that only jobs with a budget need. Without these parts it
 * does not end them.
 *
 * Ends jobs and resolves their holds. `batch` is a JSON array of EndsMember. A job is ended only if it is as the one who
 * decided has seen it: open, with no running call, closing as they have seen it, within its time if it is not closing,
 * and with the metadata that is to be replaced. There is no row for the others, and nothing is written for them. Locks
 * are taken in the order job, balance, each by its id. The counts of calls are those of the locked row, because the row
 * that UPDATE sees may be older and still count a call as running.
 */
const endJobsText = (budgets: BudgetParts): string => `WITH input AS MATERIALIZED (
      SELECT DISTINCT ON (id) * FROM jsonb_to_recordset($1::text::jsonb) AS input (id uuid, status job_status, "closingAs" job_status,
        actor text, "errorMessage" text, metadata jsonb, "seenMetadata" jsonb, "entryId" uuid)
    ), locked AS MATERIALIZED (
      SELECT id, team_id, closing_as, metadata, total_calls, successful_calls, failed_calls, cancelled_calls, held_credits,
        entry_count, ${budgets(creditsTaken("jobs", "cost_nano_usd", "prompt_tokens + completion_tokens"), "1")} AS taken, cost_nano_usd AS cost, key_id,
        allowance_span, ${HAS_EXPIRED} AS has_expired
      FROM ${lockedById("jobs", "SELECT id FROM input", `status IN ('PENDING', 'IN_PROGRESS') AND running_calls = 0${budgets("", ` AND NOT ${hasBudgetToEnd("jobs")}`)}`)}
    ), fit AS (
      SELECT team_id, key_id, allowance_span, id AS job_id, "entryId" AS entry_id, ${endsInOrder("input.status", "id")} AS ord, actor, input.status, "errorMessage", input.metadata,
        ${endOfHold("input.status", "locked")}, ${takenAtEnd("input.status", "locked")}
      FROM input JOIN locked USING (id)
      WHERE closing_as IS NOT DISTINCT FROM "closingAs" AND (closing_as IS NOT NULL OR NOT has_expired)
        AND (input.metadata IS NULL OR locked.metadata = "seenMetadata")
    ), ${lockedBalances("SELECT team_id FROM fit", "TRUE")},
    ${budgets(`${giveAllowancesBack("fit")},`)} ends AS (
      ${budgets(withinBalances("fit"), ofOneCredit("fit"))}
    ), ${noteUnpaidCosts("ends")}, ${moveCreditsOf("ends")}
    UPDATE jobs SET status = movements.status, closing_as = NULL, completed_at = tollgate_now(),
      credit_applied = movements.status = 'COMPLETED', ${SET_ENDED_CREDITS}, credits_remaining = available_after + held_after,
      error_message = COALESCE("errorMessage", error_message), metadata = COALESCE(movements.metadata, jobs.metadata),
      running_calls = 0, total_calls = locked.total_calls, successful_calls = locked.successful_calls,
      failed_calls = locked.failed_calls, cancelled_calls = locked.cancelled_calls
    FROM movements JOIN locked ON locked.id = job_id WHERE jobs.id = movements.job_id RETURNING ${columnsOf(jobRow, "jobs")}, ${MOVED}`;

const params = { batch: "text" } as const;
const row = { ...jobRow, movedAs: "text", movedCredits: "int4" } as const;

export const endJobs = statement({ name: "end-jobs", params, text: endJobsText(withoutBudgets), row });
export const endBudgetedJobs = statement({ name: "end-budgeted-jobs", params, text: endJobsText(withBudgets), row });
