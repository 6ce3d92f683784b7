import type { CostSource } from "../../../generated/prisma/client.js";
import type { Price } from "../../../upstream/pricing/prices.js";
import type { UsageOfCall } from "../log/answer.js";
import type { Counts } from "../log/call-row.js";

/** The record of one question to one model: how it ended, and what it cost. */
export interface Attempt {
  /** As the group lists it. */
  readonly model: string;
  /** The name of the upstream that was asked. Null if nobody knows. */
  readonly upstream: string | null;
  /** Its kind, such as "openai-compatible". Null if nobody knows. */
  readonly provider: string | null;
  readonly status: "SUCCEEDED" | "FAILED" | "CANCELLED";
  /** Such as "rate-limited"; null if the attempt did not fail. */
  readonly errorKind: string | null;
  readonly startedAt: Date;
  readonly firstTokenAt: Date | null;
  readonly endedAt: Date;
  /** Null if the model did not take the request up, so that there is nothing to bill. */
  readonly usage: UsageOfCall | null;
  /** Null if there is nothing to price. */
  readonly cost: Price | null;
}

/** The sources of usage, from the most certain to the least. */
const CERTAINTY = ["REPORTED", "ESTIMATED", "UNKNOWN"] as const;

/** Counts of tokens that are parts of a prompt or of a completion. */
export const DETAILS = [
  "cachedPromptTokens",
  "cacheWritePromptTokens",
  "oneHourCacheWritePromptTokens",
  "audioPromptTokens",
  "reasoningTokens",
  "audioCompletionTokens",
] as const satisfies readonly Counts[];

/** The usage of all attempts together. It is as certain as the least certain of them. Null if no attempt has usage. */
export function totalUsage(attempts: readonly Attempt[]): UsageOfCall | null {
  const usages = attempts.flatMap(({ usage }) => usage ?? []);
  if (usages.length === 0) return null;
  const sum = (name: Counts) => {
    const known = usages.flatMap((usage) => usage[name] ?? []);
    return known.length === 0 ? undefined : known.reduce((total, tokens) => total + tokens, 0);
  };
  return {
    promptTokens: sum("promptTokens") ?? 0,
    completionTokens: sum("completionTokens") ?? 0,
    ...Object.fromEntries(DETAILS.flatMap((name) => (sum(name) === undefined ? [] : [[name, sum(name)]]))),
    source: CERTAINTY.findLast((certainty) => usages.some(({ source }) => source === certainty)) ?? "UNKNOWN",
  };
}

/**
 * The cost of all attempts together, with the source of the last one. It is UNPRICED if one of them has no known price,
 * since a part of a cost is not the cost. It has an unpriced part if only a component of an attempt has no known price. Null if
 * there is nothing to price.
 */
export function totalCost(
  attempts: readonly Attempt[],
): { readonly costNanoUsd: bigint | null; readonly source: CostSource; readonly hasUnpricedPart: boolean } | null {
  const costs = attempts.flatMap(({ cost }) => cost ?? []);
  const last = costs.at(-1);
  if (!last) return null;
  if (costs.some(({ source }) => source === "UNPRICED"))
    return { costNanoUsd: null, source: "UNPRICED", hasUnpricedPart: false };
  return {
    costNanoUsd: costs.reduce((sum, { costNanoUsd }) => sum + (costNanoUsd ?? 0n), 0n),
    source: last.source,
    hasUnpricedPart: costs.some(({ components }) => components.some(({ costNanoUsd }) => costNanoUsd === null)),
  };
}
