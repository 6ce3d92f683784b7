import { scaledDecimal } from "../../lib/decimal.js";
import { isObject } from "../../lib/unknown-json.js";
import type { ReportedUsage } from "../provider.js";

/** An upstream that reports more tokens for one answer is wrong. */
const TOKENS_MAX = 1e12;
/**
 * A million dollars. A higher cost of one answer is a mistake of the upstream's, and a sum of such costs would
 * overflow.
 */
const COST_MAX_NANO_USD = 1_000_000n * 1_000_000_000n;

/**
 * Returns the usage of an answer in OpenAI's format. Returns undefined unless the counts of prompt and completion are
 * both integers of 0 or more. A detail that is not such an integer, or exceeds the count that it belongs to, is left
 * out.
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
 * Returns what the upstream says the answer costs, in nano-dollars: the first of the given decimals in USD that is a
 * cost. 0 counts as not sent, because LiteLLM sends it for models without a price. So does a value that is negative,
 * not a number, less than half a nano-dollar, or more than a million dollars.
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
