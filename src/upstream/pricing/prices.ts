import type { ModelPrice } from "@pydantic/genai-prices";
import { LRUCache } from "lru-cache";
import { divideRounded, scaledDecimal } from "../../lib/decimal.js";
import type { ReportedUsage } from "../provider.js";
import { isNameOf } from "./price-names.js";

export type Price =
  | { readonly costNanoUsd: bigint; readonly source: "ADMIN_PRICE" | "UPSTREAM" | "PRICE_TABLE" }
  | { readonly costNanoUsd: null; readonly source: "UNPRICED" };

/** What a model costs, as the admin has set it, in nano-dollars per million tokens. */
export interface AdminPrice {
  readonly inputNanoUsdPerMillionTokens: bigint;
  readonly outputNanoUsdPerMillionTokens: bigint;
  /** For prompt tokens from the upstream's cache. Null means that they cost as much as the others. */
  readonly cachedInputNanoUsdPerMillionTokens: bigint | null;
}

export interface Answered {
  /** The model's name as the upstream knows it: "gpt-4o-mini", or with LiteLLM's prefix "azure/gpt-4o". */
  readonly model: string;
  /** The table's name of the provider, if it is known. Otherwise the model's name may begin with it, as LiteLLM's do. */
  readonly providerId?: string | undefined;
  readonly usage: ReportedUsage | undefined;
  readonly adminPrice?: AdminPrice | undefined;
  readonly upstreamCostNanoUsd: bigint | undefined;
  /** The moment whose prices hold, because some change with the time of day. If it is not given, it is now. */
  readonly at?: Date;
}

/** A million dollars. A cost above it comes from a count or a price that is wrong, and sums of such costs would overflow. */
const COST_MAX_NANO_USD = 1_000_000n * 1_000_000_000n;

const UNPRICED = { costNanoUsd: null, source: "UNPRICED" } as const;

/**
 * Returns what an answer costs, in nano-dollars. The admin's price for the model comes first, then the upstream's own
 * figure, then the table of @pydantic/genai-prices, which needs no network. Otherwise the answer is unpriced: a price
 * is never guessed. A model is also unpriced if the table lacks its own name, or if the usage cannot settle a component
 * of its price. The cost is exact and rounded once, half up. A cost above a million
 * dollars is no cost of one answer, so that is unpriced too. Never rejects.
 */
export async function priceAnswer(answered: Answered): Promise<Price> {
  const price = await knownPrice(answered);
  return price.costNanoUsd !== null && price.costNanoUsd > COST_MAX_NANO_USD ? UNPRICED : price;
}

async function knownPrice(answered: Answered): Promise<Price> {
  const { model, providerId, usage, adminPrice, upstreamCostNanoUsd, at } = answered;
  if (adminPrice && usage) return { costNanoUsd: adminCost(adminPrice, usage), source: "ADMIN_PRICE" };
  if (upstreamCostNanoUsd !== undefined) return { costNanoUsd: upstreamCostNanoUsd, source: "UPSTREAM" };
  const prices = usage && (await pricesOf(model, providerId, at ?? new Date()));
  const costNanoUsd = prices && tableCost(prices, usage);
  return costNanoUsd === undefined ? UNPRICED : { costNanoUsd, source: "PRICE_TABLE" };
}

const PER_MILLION_PLACES = 6;

function adminCost(price: AdminPrice, usage: ReportedUsage): bigint {
  const { inputNanoUsdPerMillionTokens: input, cachedInputNanoUsdPerMillionTokens: cachedInput } = price;
  const cached = Math.min(usage.cachedPromptTokens ?? 0, usage.promptTokens);
  const ofPrompt = BigInt(usage.promptTokens - cached) * input + BigInt(cached) * (cachedInput ?? input);
  const ofCompletion = BigInt(usage.completionTokens) * price.outputNanoUsdPerMillionTokens;
  return divideRounded(ofPrompt + ofCompletion, PER_MILLION_PLACES);
}

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
async function pricesOf(model: string, providerId: string | undefined, at: Date): Promise<ModelPrice | undefined> {
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

/** A price in USD per million tokens times a count of tokens is in units of 10^-18 USD. */
const RATE_PLACES = 12;
const COST_TO_NANO_PLACES = 9;

function tableCost(prices: ModelPrice, usage: ReportedUsage): bigint | undefined {
  if (UNSETTLED.some((name) => prices[name] !== undefined)) return undefined;
  const rate = (name: string) => rateOf(prices[name], usage.promptTokens);
  const cachedRate = rate("cache_read_mtok");
  const cached = cachedRate === undefined ? 0 : Math.min(usage.cachedPromptTokens ?? 0, usage.promptTokens);
  const charges: [number, bigint | undefined][] = [
    [usage.promptTokens - cached, rate("input_mtok")],
    [cached, cachedRate],
    [usage.completionTokens, rate("output_mtok")],
  ];
  // This is one request. 1000 times the price per thousand requests is the price per million.
  let cost = (rate("requests_kcount") ?? 0n) * 1000n;
  for (const [tokens, perMillion] of charges) {
    if (tokens === 0) continue;
    if (perMillion === undefined) return undefined;
    cost += BigInt(tokens) * perMillion;
  }
  return divideRounded(cost, COST_TO_NANO_PLACES);
}

/** Returns the rate of a price. If it has tiers, the highest one that the whole prompt exceeds holds for all tokens. */
function rateOf(price: ModelPrice[string], promptTokens: number): bigint | undefined {
  if (price === undefined) return undefined;
  if (typeof price === "number") return scaledDecimal(price, RATE_PLACES);
  const tiers = [...price.tiers].sort((a, b) => a.start - b.start);
  return scaledDecimal(tiers.findLast(({ start }) => promptTokens > start)?.price ?? price.base, RATE_PLACES);
}
