import { isMetered } from "./budget.sql.js";

// The statements of the call path are there twice: with all that budgets need, and without. Most teams have no budget but
// their credits, and the parts that budgets need cost the database about half as much as all the others.

/** Makes a part of a statement that only budgets need: that part, or what stands in its place in the statement without. */
export type BudgetParts = (part: string, otherwise?: string) => string;
export const withBudgets: BudgetParts = (part) => part;
export const withoutBudgets: BudgetParts = (_part, otherwise = "") => otherwise;

/** Whether a job is billed by cost or tokens, or has limits of its own. `job` is the alias of its row. */
export const hasBudget = (job: string): string =>
  `${job}.nano_credits_per_usd IS NOT NULL OR ${job}.tokens_per_credit IS NOT NULL OR ${job}.max_cost_nano_usd IS NOT NULL OR ${job}.max_tokens IS NOT NULL`;

/** Whether the end of a job, or of a call in it, needs more than its one credit: if it is billed by cost or tokens, or counted by an allowance. */
export const hasBudgetToEnd = (job: string): string => `(${isMetered(job)} OR ${job}.allowance_span IS NOT NULL)`;

/** Whether a key has an allowance of jobs. */
export const hasAllowance = (key: string): string => `${key}.allowance_jobs IS NOT NULL`;

/** Whether a key or its team has a budget beside the team's credits, or is billed by cost or tokens. */
export const hasBudgetToCall = (key: string, team: string): string =>
  `${hasAllowance(key)} OR ${team}.nano_credits_per_usd IS NOT NULL OR ${team}.tokens_per_credit IS NOT NULL
            OR ${team}.unpaid_nano_usd_per_day IS NOT NULL OR ${team}.unpaid_raised_nano_usd IS NOT NULL`;
