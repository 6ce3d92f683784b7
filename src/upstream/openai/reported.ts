import { scaledDecimal } from "../../lib/decimal.js";
import { isObject } from "../../lib/unknown-json.js";
import type { ReportedUsage } from "../provider.js";

/** What the database's integers hold; an upstream that reports more tokens for one answer is not to be believed. */
const TOKENS_MAX = 2 ** 31 - 1;
/** One answer for more than a million dollars is a mistake of the upstream's, and would not fit a sum for long. */
const COST_MAX_NANO_USD = 1_000_000n * 1_000_000_000n;

/**
 * The usage of an answer in OpenAI's format; undefined where the counts of prompt and completion are not both there as
 * integers of 0 or more. A detail that is no such integer, or exceeds what it is a detail of, is left out.
 */
export function reportedUsage(usage: unknown): ReportedUsage | undefined {
  const promptTokens = tokens(field(usage, "prompt_tokens"));
  const completionTokens = tokens(field(usage, "completion_tokens"));
  if (promptTokens === undefined || completionTokens === undefined) return undefined;
  const cached = tokens(field(field(usage, "prompt_tokens_details"), "cached_tokens"), promptTokens);
  const reasoning = tokens(field(field(usage, "completion_tokens_details"), "reasoning_tokens"), completionTokens);
  return {
    promptTokens,
    completionTokens,
    ...(cached !== undefined && { cachedPromptTokens: cached }),
    ...(reasoning !== undefined && { reasoningTokens: reasoning }),
  };
}

/**
 * What the upstream says the answer costs, in nano-dollars: the first of the given decimals in USD that is a cost.
 * 0 counts as not sent, because LiteLLM sends it for models it has no price for; so does what is negative, no number,
 * less than half a nano-dollar, or more than a million dollars.
 */
export function reportedCostNanoUsd(...candidates: unknown[]): bigint | undefined {
  return candidates
    .map((candidate) => scaledDecimal(candidate, 9))
    .find((cost) => cost !== undefined && cost > 0n && cost <= COST_MAX_NANO_USD);
}

function tokens(value: unknown, max = TOKENS_MAX): number | undefined {
  return typeof value === "number" && Number.isInteger(value) && value >= 0 && value <= max ? value : undefined;
}

function field(object: unknown, name: string): unknown {
  return isObject(object) ? object[name] : undefined;
}
