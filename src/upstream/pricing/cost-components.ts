import { divideRounded } from "../../lib/decimal.js";
import type { ReportedUsage } from "../provider.js";

/** What a cost consists of. ANSWER is all of it, if the upstream tells one figure. */
export const COMPONENTS = [
  "PROMPT",
  "CACHE_READ",
  "CACHE_WRITE",
  "ONE_HOUR_CACHE_WRITE",
  "AUDIO_PROMPT",
  "IMAGE_PROMPT",
  "COMPLETION",
  "AUDIO_COMPLETION",
  "IMAGE_COMPLETION",
  "WEB_SEARCH",
  "REQUEST",
  "ANSWER",
] as const;
export type CostComponentName = (typeof COMPONENTS)[number];

/** A part of what an answer costs. */
export interface CostComponent {
  readonly component: CostComponentName;
  /** Null if it is not counted in tokens. */
  readonly tokens: number | null;
  /** Null if the price is not known, or not by tokens. */
  readonly nanoUsdPerMillionTokens: bigint | null;
  /** Null if the price is not known. */
  readonly costNanoUsd: bigint | null;
}

/** Prices in nano-dollars per million of each. Those that are not known are not there. */
export type Rates = Readonly<Partial<Record<CostComponentName, bigint | undefined>>>;

interface Counted {
  readonly component: CostComponentName;
  readonly count: number;
}

/**
 * The tokens of a usage, each in one component, and its searches of the web. If parts of a prompt overlap so far that they are more than the prompt, those
 * that the cache read come first, then those that it wrote, then sound and images. Components without tokens are left out.
 */
export function countsOf(usage: ReportedUsage): Counted[] {
  const written = usage.cacheWritePromptTokens ?? 0;
  const oneHour = Math.min(usage.oneHourCacheWritePromptTokens ?? 0, written);
  const ofPrompt = split(usage.promptTokens, "PROMPT", [
    ["CACHE_READ", usage.cachedPromptTokens],
    ["CACHE_WRITE", written - oneHour],
    ["ONE_HOUR_CACHE_WRITE", oneHour],
    ["AUDIO_PROMPT", usage.audioPromptTokens],
    ["IMAGE_PROMPT", usage.imagePromptTokens],
  ]);
  const ofCompletion = split(usage.completionTokens, "COMPLETION", [
    ["AUDIO_COMPLETION", usage.audioCompletionTokens],
    ["IMAGE_COMPLETION", usage.imageCompletionTokens],
  ]);
  const searches: Counted = { component: "WEB_SEARCH", count: usage.webSearches ?? 0 };
  return [...ofPrompt, ...ofCompletion, searches].filter(({ count }) => count > 0);
}

function split(
  whole: number,
  rest: CostComponentName,
  parts: readonly (readonly [CostComponentName, number | undefined])[],
): Counted[] {
  let left = whole;
  const counted = parts.map(([component, tokens = 0]) => {
    const count = Math.min(tokens, left);
    left -= count;
    return { component, count };
  });
  return [{ component: rest, count: left }, ...counted];
}

const PER_MILLION_PLACES = 6;
const NOT_IN_TOKENS: ReadonlySet<CostComponentName> = new Set(["WEB_SEARCH", "REQUEST"]);

/**
 * What each component costs. The sum is rounded once, half up. Each component has what the rounded sum grows by when it is
 * added, so that they add up to the sum, and none of them is off by a nano-dollar or more.
 */
export function componentsOf(counts: readonly Counted[], rates: Rates): CostComponent[] {
  let exact = 0n;
  let rounded = 0n;
  return counts.map(({ component, count }) => {
    const rate = rates[component];
    const tokens = NOT_IN_TOKENS.has(component) ? null : count;
    if (rate === undefined) return { component, tokens, nanoUsdPerMillionTokens: null, costNanoUsd: null };
    exact += BigInt(count) * rate;
    const before = rounded;
    rounded = divideRounded(exact, PER_MILLION_PLACES);
    const nanoUsdPerMillionTokens = tokens === null ? null : rate;
    return { component, tokens, nanoUsdPerMillionTokens, costNanoUsd: rounded - before };
  });
}

export const sumOfComponents = (components: readonly CostComponent[]): bigint =>
  components.reduce((sum, { costNanoUsd }) => sum + (costNanoUsd ?? 0n), 0n);
