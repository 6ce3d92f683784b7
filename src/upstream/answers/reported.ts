import { scaledDecimal } from "../../lib/decimal.js";
import { isObject } from "../../lib/json/unknown-json.js";
import type { ReportedUsage, UnknownFields } from "../provider.js";
import { otherTierIn } from "./service-tier.js";
import { DETAILS, USAGE_FAMILIES, type UsageDetail } from "./usage-families.js";

/** No answer takes nearly as many tokens. An upstream that reports more for one answer is wrong. */
const TOKENS_MAX = 10 ** 12;
/**
 * A million dollars. A higher cost of one answer is a mistake of the upstream's, and a sum of such costs would
 * overflow.
 */
const COST_MAX_NANO_USD = 1_000_000n * 1_000_000_000n;

/**
 * Returns the usage of an answer, whatever its upstream calls it. Returns undefined if none was sent, and "unusable" if
 * one of the counts is not an integer of 0 or more, or is absurdly large. If the total is more than prompt and completion
 * together, the rest is reasoning that was counted apart, as xAI and Gemini do. A detail that exceeds its whole is left
 * out. `tier` is what the answer says beside its usage of how it was served.
 */
export function reportedUsage(usage: unknown, tier?: unknown): ReportedUsage | "unusable" | undefined {
  if (!isObject(usage)) return undefined;
  const family = USAGE_FAMILIES.find(({ prompt }) => first(usage, prompt) !== undefined);
  if (!family) return undefined;
  const given = { prompt: first(usage, family.prompt), completion: first(usage, family.completion) };
  if (given.completion === undefined) return undefined;
  if (!isCount(given.prompt) || !isCount(given.completion)) return "unusable";
  const { details } = family;
  const reasoning = countAt(usage, details.reasoningTokens);
  const cached = countAt(usage, details.cachedPromptTokens);
  const total = countAt(usage, family.total);
  const stated = given.completion + sum(usage, family.besideCompletion);
  const listed = given.prompt + sum(usage, family.besidePrompt);
  const promptTokens = listed + cacheApart(usage, (total ?? 0) - listed - stated, cached ?? 0, reasoning);
  const apart = tokensApart(stated, promptTokens, total, reasoning);
  const completionTokens = stated + apart;
  const hidden = reasoning ?? (apart > 0 ? apart : undefined);
  if (promptTokens > TOKENS_MAX || completionTokens > TOKENS_MAX) return "unusable";
  const otherTier = otherTierIn(usage, tier);
  const counted: Partial<Record<UsageDetail, number>> & { promptTokens: number; completionTokens: number } = {
    promptTokens,
    completionTokens,
  };
  for (const [name, whole] of Object.entries(DETAILS) as [UsageDetail, (typeof DETAILS)[UsageDetail]][]) {
    const count = name === "reasoningTokens" ? hidden : countAt(usage, details[name]);
    if (count !== undefined && count <= (counted[whole] ?? 0)) counted[name] = count;
  }
  // Anthropic tells them in its usage, and LiteLLM in front of it too.
  const webSearches = countAt(usage, ["server_tool_use.web_search_requests"]) ?? 0;
  return { ...counted, ...(webSearches > 0 && { webSearches }), ...(otherTier !== undefined && { otherTier }) };
}

/**
 * The tokens of the cache that a prompt's count lacks. Portkey and Bedrock's proxies in front of Anthropic leave out of
 * it what the cache read and wrote, but not out of the total. Then the total is above the sum by exactly that.
 */
function cacheApart(usage: UnknownFields, gap: number, read: number, reasoning = 0): number {
  const written = countAt(usage, ["cache_creation_input_tokens", "prompt_tokens_details.cache_creation_tokens"]) ?? 0;
  return gap > 0 && gap !== reasoning && (gap === read + written || gap === read) ? gap : 0;
}

/** The tokens of reasoning that a completion's count lacks: by the total, or because there are more of them than fit. */
function tokensApart(
  completion: number,
  prompt: number,
  total: number | undefined,
  reasoning: number | undefined,
): number {
  if (total !== undefined && total > prompt + completion) return total - prompt - completion;
  return total === undefined && reasoning !== undefined && reasoning > completion ? reasoning : 0;
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

/** Returns the usage in a chunk or a whole answer: Groq and Moonshot have places of their own, and Ollama has no object. */
export function usageIn(answer: UnknownFields, choice: UnknownFields | undefined): unknown {
  const groq = isObject(answer.x_groq) ? answer.x_groq.usage : undefined;
  const places = [answer.usage, groq, choice?.usage, answer.usageMetadata];
  const says = (usage: unknown) => usage != null && !(isObject(usage) && Object.keys(usage).length === 0);
  return places.find(says) ?? (answer.eval_count === undefined ? null : answer);
}

/** Returns the first value that is there, which need not be a count. Null counts as absent. */
function first(usage: UnknownFields, paths: readonly string[]): unknown {
  return paths.map((path) => at(usage, path)).find((value) => value !== undefined && value !== null);
}

function countAt(usage: UnknownFields, paths: readonly string[] = []): number | undefined {
  return paths.map((path) => at(usage, path)).find(isCount);
}

const sum = (usage: UnknownFields, paths: readonly string[]): number =>
  paths.reduce((total, path) => total + (countAt(usage, [path]) ?? 0), 0);

function at(usage: unknown, path: string): unknown {
  return path.split(".").reduce((value, name) => {
    // Gemini tells the counts of modalities as a list.
    if (Array.isArray(value)) return value.find((item) => isObject(item) && item.modality === name)?.tokenCount;
    return isObject(value) ? value[name] : undefined;
  }, usage);
}

const isCount = (value: unknown): value is number =>
  typeof value === "number" && Number.isInteger(value) && value >= 0 && value <= TOKENS_MAX;
