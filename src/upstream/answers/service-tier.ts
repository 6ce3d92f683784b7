import type { UnknownFields } from "../provider.js";

/** How upstreams call the service whose prices their lists have: OpenAI, Anthropic and Groq, in this order. */
const OF_THE_LIST = new Set(["", "auto", "default", "standard", "on_demand"]);

/**
 * How an answer was served, if that is not what the upstream's list of prices is about: "flex", "priority" or "batch", or
 * Anthropic's fast mode. Undefined if it was served as usual, or if the upstream does not say. OpenAI says it beside the usage
 * (`tier`), Anthropic in it.
 */
export function otherTierIn(usage: UnknownFields, tier: unknown): string | undefined {
  const given = [tier, usage.service_tier].find((value) => typeof value === "string" && !OF_THE_LIST.has(value));
  if (typeof given === "string") return given;
  return usage.speed === "fast" ? "fast" : undefined;
}
