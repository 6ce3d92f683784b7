import { flag, integer, number, record } from "../schemas.js";

/** What a job used. */
export const Costs = record({
  total_calls: integer("How many calls were admitted."),
  successful_calls: integer("How many calls a model answered in full."),
  failed_calls: integer("How many calls failed or were cancelled."),
  total_tokens: integer("The tokens of all prompts and answers."),
  total_cost_usd: number("The cost in USD. Calls without a known price add nothing."),
  avg_latency_ms: integer("The mean time of settled calls in milliseconds; 0 if there are none."),
  credit_applied: flag("Whether the job took its credit."),
  credits_remaining: integer(
    "The team's allocated minus used credits: when the job ended, or now if the job is still open.",
  ),
});

export const COSTS_EXAMPLE = {
  total_calls: 1,
  successful_calls: 1,
  failed_calls: 0,
  total_tokens: 156,
  total_cost_usd: 0.000234,
  avg_latency_ms: 842,
  credit_applied: true,
  credits_remaining: 99,
};
