import type { ReportedUsage } from "../provider.js";
import { type AdminPrice, adminRates } from "./admin-price.js";
import { type CostComponent, componentsOf, countsOf, type Rates, sumOfComponents } from "./cost-components.js";
import { pricesOf, tableRates } from "./price-table.js";

export type Price = { readonly components: readonly CostComponent[] } & (
  | { readonly costNanoUsd: bigint; readonly source: "ADMIN_PRICE" | "UPSTREAM" | "PRICE_TABLE" }
  | { readonly costNanoUsd: null; readonly source: "UNPRICED" }
);

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

/**
 * Returns what an answer costs, in nano-dollars, and what this consists of. The admin's price for the model comes first, then
 * the upstream's own figure, then the table of @pydantic/genai-prices, which needs no network. Otherwise the answer is
 * unpriced: a price is never guessed. A model is also unpriced if the table lacks its own name, or if the usage cannot settle a
 * component of its price. If only a component has no price, such as sound, the cost is that of the others, and the component
 * says so. The cost is exact and rounded once, half up. A cost above a million dollars is no cost of one answer, so that is
 * unpriced too. Never rejects.
 */
export async function priceAnswer(answered: Answered): Promise<Price> {
  const price = await knownPrice(answered);
  return price && price.costNanoUsd <= COST_MAX_NANO_USD ? price : unpriced(answered.usage);
}

type KnownPrice = Extract<Price, { costNanoUsd: bigint }>;

async function knownPrice(answered: Answered): Promise<KnownPrice | undefined> {
  const { model, providerId, usage, adminPrice, upstreamCostNanoUsd, at } = answered;
  const byAdmin = adminPrice && usage && priceBy(adminRates(adminPrice, usage.promptTokens), usage);
  if (byAdmin) return { ...byAdmin, source: "ADMIN_PRICE" };
  if (upstreamCostNanoUsd !== undefined) return asTold(upstreamCostNanoUsd);
  // The table has the prices of the usual service only.
  if (!usage || usage.otherTier !== undefined) return undefined;
  const prices = await pricesOf(model, providerId, at ?? new Date());
  const rates = prices && tableRates(prices, usage.promptTokens);
  const byTable = rates && priceBy(rates, usage);
  return byTable && { ...byTable, source: "PRICE_TABLE" };
}

/** Undefined if the text of prompt or answer has no price, or nothing of them has. */
function priceBy(rates: Rates, usage: ReportedUsage): Pick<KnownPrice, "costNanoUsd" | "components"> | undefined {
  const counts = countsOf(usage);
  const lacks = (component: "PROMPT" | "COMPLETION") =>
    rates[component] === undefined && counts.some((counted) => counted.component === component);
  if (lacks("PROMPT") || lacks("COMPLETION")) return undefined;
  if (counts.length > 0 && counts.every(({ component }) => rates[component] === undefined)) return undefined;
  const ofRequest = rates.REQUEST === undefined ? [] : [{ component: "REQUEST", count: 1 } as const];
  const components = componentsOf([...counts, ...ofRequest], rates);
  return { costNanoUsd: sumOfComponents(components), components };
}

const asTold = (costNanoUsd: bigint): KnownPrice => ({
  costNanoUsd,
  source: "UPSTREAM",
  components: [{ component: "ANSWER", tokens: null, nanoUsdPerMillionTokens: null, costNanoUsd }],
});

const unpriced = (usage: ReportedUsage | undefined): Price => ({
  costNanoUsd: null,
  source: "UNPRICED",
  components: usage ? componentsOf(countsOf(usage), {}) : [],
});
