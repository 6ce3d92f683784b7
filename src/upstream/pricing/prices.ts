import { calcPrice, type ModelPrice } from "@pydantic/genai-prices";
import { systemClock } from "../../lib/clock.js";
import { divideRounded, scaledDecimal } from "../../lib/decimal.js";
import type { ReportedUsage } from "../provider.js";
import { isNameOf } from "./price-names.js";

export type Price =
  | { readonly costNanoUsd: bigint; readonly source: "ADMIN_PRICE" | "UPSTREAM" | "PRICE_TABLE" }
  | { readonly costNanoUsd: null; readonly source: "UNPRICED" };

/** What the admin says a model costs, in nano-dollars per million tokens. */
export interface AdminPrice {
  readonly inputNanoUsdPerMillionTokens: bigint;
  readonly outputNanoUsdPerMillionTokens: bigint;
  /** Of prompt tokens out of the upstream's cache; null where they cost what others do. */
  readonly cachedInputNanoUsdPerMillionTokens: bigint | null;
}

export interface Answered {
  /** The model's name as the upstream knows it: "gpt-4o-mini", or with LiteLLM's prefix "azure/gpt-4o". */
  readonly model: string;
  readonly usage: ReportedUsage | undefined;
  readonly adminPrice?: AdminPrice | undefined;
  readonly upstreamCostNanoUsd: bigint | undefined;
  /** Prices change with the date, some with the time of day; now, where it is not given. */
  readonly at?: Date;
}

const UNPRICED = { costNanoUsd: null, source: "UNPRICED" } as const;

/**
 * What an answer costs, in nano-dollars: by the admin's price for the model, else the upstream's own figure, else by
 * the bundled table of @pydantic/genai-prices (no network), else unpriced. Never guessed: a model that is not in the table by its own name, or whose price there
 * has a component that the usage cannot settle, is unpriced. Exact, rounded once, half up. Never throws.
 */
export function priceAnswer({ model, usage, adminPrice, upstreamCostNanoUsd, at }: Answered): Price {
  if (adminPrice && usage) return { costNanoUsd: adminCost(adminPrice, usage), source: "ADMIN_PRICE" };
  if (upstreamCostNanoUsd !== undefined) return { costNanoUsd: upstreamCostNanoUsd, source: "UPSTREAM" };
  const prices = usage && pricesOf(model, at ?? systemClock.now());
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
 * The providers of LiteLLM's names, as the table calls them. The table's own search would also find "openai" in
 * "not-openai"; a provider that is not in this list has no price here, even for a model that others offer too.
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

function pricesOf(model: string, at: Date): ModelPrice | undefined {
  const [, prefix, name = model] = /^([^/]*)\/(.*)$/s.exec(model) ?? [];
  const providerId = prefix === undefined ? undefined : PROVIDERS.get(prefix.toLowerCase());
  if (prefix !== undefined && providerId === undefined) return undefined;
  try {
    // The table finds the entry and what it says for that moment; its sum is in floats, so ours is taken instead.
    const found = calcPrice({}, name, { timestamp: at, ...(providerId !== undefined && { providerId }) });
    return found && isNameOf(found.model, name) ? found.model_price : undefined;
  } catch {
    return undefined;
  }
}

/** Prices of what our usage does not count apart: whoever has one of them cannot be priced by the rest. */
const UNSETTLED = ["output_reasoning_mtok", "output_citation_mtok", "input_text_messages_kcount"];

/** A price in USD per million tokens times a count of tokens, in units of 10^-18 USD. */
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
  // A price per thousand requests, of which this is one, is a thousand times that per million.
  let cost = (rate("requests_kcount") ?? 0n) * 1000n;
  for (const [tokens, perMillion] of charges) {
    if (tokens === 0) continue;
    if (perMillion === undefined) return undefined;
    cost += BigInt(tokens) * perMillion;
  }
  return divideRounded(cost, COST_TO_NANO_PLACES);
}

/** Where a price has tiers, the highest one that the whole prompt exceeds holds for all its tokens. */
function rateOf(price: ModelPrice[string], promptTokens: number): bigint | undefined {
  if (price === undefined) return undefined;
  if (typeof price === "number") return scaledDecimal(price, RATE_PLACES);
  const tiers = [...price.tiers].sort((a, b) => a.start - b.start);
  return scaledDecimal(tiers.findLast(({ start }) => promptTokens > start)?.price ?? price.base, RATE_PLACES);
}
