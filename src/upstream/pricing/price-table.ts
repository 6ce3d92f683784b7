import type { ModelPrice } from "@pydantic/genai-prices";
import { LRUCache } from "lru-cache";
import { scaledDecimal } from "../../lib/decimal.js";
import type { Rates } from "./cost-components.js";
import { isNameOf } from "./price-names.js";

/**
 * The table's names for the providers in LiteLLM's names. The table's own search would also find "openai" in
 * "not-openai". A provider that is not in this list has no price here, even for a model that others offer too.
 */
const PROVIDERS = new Map<string, string>(
  Object.entries({
    anthropic: "anthropic",
    azure: "azure",
    bedrock: "aws",
    cerebras: "cerebras",
    cohere: "cohere",
    cohere_chat: "cohere",
    deepseek: "deepseek",
    fireworks_ai: "fireworks",
    gemini: "google",
    groq: "groq",
    mistral: "mistral",
    moonshot: "moonshotai",
    openai: "openai",
    openrouter: "openrouter",
    perplexity: "perplexity",
    "text-completion-openai": "openai",
    together_ai: "together",
    vertex_ai: "google",
    voyage: "voyageai",
    xai: "x-ai",
  }),
);

/** The search in the table takes longer than all the rest of a price, and calls of one second ask for the same. */
const found = new LRUCache<string, { readonly prices: ModelPrice | undefined }>({ max: 1_000 });

/** The table's prices change at whole seconds. */
export async function pricesOf(
  model: string,
  providerId: string | undefined,
  at: Date,
): Promise<ModelPrice | undefined> {
  const key = `${Math.floor(at.getTime() / 1_000)} ${providerId ?? ""} ${model}`;
  const known = found.get(key) ?? { prices: await searchPrices(model, providerId, at) };
  found.set(key, known);
  return known.prices;
}

async function searchPrices(model: string, ofUpstream: string | undefined, at: Date): Promise<ModelPrice | undefined> {
  const [, prefix, name = model] = /^([^/]*)\/(.*)$/s.exec(model) ?? [];
  const providerId = prefix === undefined ? ofUpstream : PROVIDERS.get(prefix.toLowerCase());
  if (prefix !== undefined && providerId === undefined) return undefined;
  try {
    // The table is loaded when it is first asked: it takes 13 MB, and many upstreams say the cost themselves.
    const { calcPrice } = await import("@pydantic/genai-prices");
    // The table finds the entry and its prices at that moment. Its own sum is in floats, so ours is taken instead.
    const entry = calcPrice({}, name, { timestamp: at, ...(providerId !== undefined && { providerId }) });
    return entry && isNameOf(entry.model, name) ? entry.model_price : undefined;
  } catch {
    return undefined;
  }
}

/** Prices of things that our usage does not count separately. A model with one of them cannot be priced by the rest. */
const UNSETTLED = ["output_reasoning_mtok", "output_citation_mtok", "input_text_messages_kcount"];

/** A price in USD is kept in nano-dollars. */
const NANO_PLACES = 9;

/**
 * The table's prices for a prompt of this length, in nano-dollars per million. Undefined if they cannot settle an answer.
 * What the cache read and images cost what other tokens of the prompt cost, unless the table knows better.
 */
export function tableRates(prices: ModelPrice, promptTokens: number): Rates | undefined {
  if (UNSETTLED.some((name) => prices[name] !== undefined)) return undefined;
  const rate = (name: string) => rateOf(prices[name], promptTokens);
  const input = rate("input_mtok");
  const requests = rate("requests_kcount");
  return {
    PROMPT: input,
    CACHE_READ: rate("cache_read_mtok") ?? input,
    CACHE_WRITE: rate("cache_write_5m_mtok") ?? rate("cache_write_mtok"),
    ONE_HOUR_CACHE_WRITE: rate("cache_write_1h_mtok"),
    AUDIO_PROMPT: rate("input_audio_mtok"),
    IMAGE_PROMPT: rate("input_image_mtok") ?? input,
    COMPLETION: rate("output_mtok"),
    AUDIO_COMPLETION: rate("output_audio_mtok"),
    IMAGE_COMPLETION: rate("output_image_mtok"),
    REQUEST: requests === undefined ? undefined : requests * 1_000n,
  };
}

/** Returns the rate of a price. If it has tiers, the highest one that the whole prompt exceeds holds for all tokens. */
function rateOf(price: ModelPrice[string], promptTokens: number): bigint | undefined {
  if (price === undefined) return undefined;
  if (typeof price === "number") return scaledDecimal(price, NANO_PLACES);
  const tiers = [...price.tiers].sort((a, b) => a.start - b.start);
  return scaledDecimal(tiers.findLast(({ start }) => promptTokens > start)?.price ?? price.base, NANO_PLACES);
}
