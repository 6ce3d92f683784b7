import type { DomainError } from "../lib/errors.js";

const BUDGETS = ["UNPAID_COST", "JOB_COST", "JOB_TOKENS", "JOB_ALLOWANCE", "CREDITS"] as const;

/**
 * What a team may spend: the cost of jobs that it does not pay for, the cost and the tokens of a job, the jobs that may be
 * opened with a key, and its credits.
 */
export type Budget = (typeof BUDGETS)[number];

/** An error, as it is thrown or stored. */
export type Failure = Pick<DomainError, "data"> & { readonly code: string };

/** The budget that an error is about; undefined if it is about none. */
export function budgetOf({ code, data }: Failure): Budget | undefined {
  if (code === "INSUFFICIENT_CREDITS") return "CREDITS";
  return code === "BUDGET_EXCEEDED" ? BUDGETS.find((budget) => budget === data.budget) : undefined;
}
