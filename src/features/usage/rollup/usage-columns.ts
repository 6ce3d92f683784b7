// The columns of usage_rollups, as the database names them.

/** What rows can be grouped by. Each of them is '' in a row that does not have it. */
export const DIMENSIONS = [
  "organization_id",
  "team_id",
  "key_id",
  "model_group",
  "model",
  "job_type",
  "outcome",
] as const;
export type DimensionColumn = (typeof DIMENSIONS)[number];

/** The names that the rows of a cut have, beside the outcome. A cut with fewer names has fewer rows. */
export const CUTS = {
  ACCOUNT: ["organization_id", "team_id", "key_id"],
  WORK: ["model_group", "model", "job_type"],
  TEAM_WORK: ["organization_id", "team_id", "model_group", "model", "job_type"],
  FULL: ["organization_id", "team_id", "key_id", "model_group", "model", "job_type"],
} as const satisfies Record<string, readonly DimensionColumn[]>;
export type Cut = keyof typeof CUTS;

/** Figures that are counted one by one. */
const COUNTS = [
  "jobs",
  "priced_jobs",
  "posted_credits",
  "unpriced_credits",
  "calls",
  "successful_calls",
  "failed_calls",
  "cancelled_calls",
  "estimated_calls",
  "unknown_usage_calls",
  "unpriced_calls",
  "partly_unpriced_calls",
  "fallbacks",
  "rescued_calls",
  "attempts",
  "failed_attempts",
] as const;

/** Figures whose sum may pass an int8. They are numeric, which has no limit that a sum could reach. */
const SUMS = [
  "revenue_nano_usd",
  "prompt_tokens",
  "completion_tokens",
  "cached_prompt_tokens",
  "cache_write_prompt_tokens",
  "audio_prompt_tokens",
  "reasoning_tokens",
  "audio_completion_tokens",
  "cost_nano_usd",
  "shown_cost_femto_usd",
  "failed_cost_nano_usd",
  "shown_failed_cost_femto_usd",
  "latencies",
  "times_to_first_token",
] as const;

export const FIGURES = [...COUNTS, ...SUMS] as const;
export type FigureColumn = (typeof FIGURES)[number];

/** The type of a figure's column. */
export const typeOfFigure = (figure: FigureColumn): string =>
  (COUNTS as readonly string[]).includes(figure) ? "bigint" : "numeric";
