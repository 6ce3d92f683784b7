import { DEFAULT_UPSTREAM, type UpstreamConfig } from "../config/upstreams/upstream.js";
import { openProvider } from "./open-provider.js";
import type { Provider } from "./provider.js";
import { Health } from "./resilience/health.js";
import { Turns } from "./resilience/turns.js";
import type { TimeLimits } from "./resilience/within-time.js";
import { type ModelAt, notConfigured, type Upstream } from "./upstream.js";

/** The table of prices calls the providers so. Others are found by the model's name alone. */
const PRICE_PROVIDERS: Partial<Record<UpstreamConfig["kind"], string>> = {
  openai: "openai",
  anthropic: "anthropic",
  "azure-openai": "azure",
};

/** All that answer as models, by name. */
export class Upstreams {
  private readonly byName: ReadonlyMap<string, Upstream>;

  constructor(
    readonly list: readonly Upstream[],
    private readonly timeLimits: TimeLimits,
  ) {
    this.byName = new Map(list.map((upstream) => [upstream.name, upstream]));
  }

  /** Opens them all. `timeLimits` hold for those that have none of their own. A given provider answers alone, as the default. */
  static async open(
    configs: readonly UpstreamConfig[],
    timeLimits: TimeLimits,
    instead?: Provider,
  ): Promise<Upstreams> {
    if (instead) {
      const ofDefault = { name: DEFAULT_UPSTREAM, turns: new Turns(null), health: new Health() };
      return new Upstreams([{ ...ofDefault, provider: instead, timeLimits }], timeLimits);
    }
    const list = configs.map(async (config): Promise<Upstream> => {
      const { name, kind, concurrencyMax } = config;
      const firstTokenTimeoutMs = config.firstTokenTimeoutMs ?? timeLimits.firstTokenTimeoutMs;
      const idleTimeoutMs = config.idleTimeoutMs ?? timeLimits.idleTimeoutMs;
      return {
        name,
        provider: await openProvider(config),
        timeLimits: { firstTokenTimeoutMs, idleTimeoutMs },
        turns: new Turns(concurrencyMax),
        health: new Health(),
        priceProvider: PRICE_PROVIDERS[kind],
      };
    });
    return new Upstreams(await Promise.all(list), timeLimits);
  }

  get names(): readonly string[] {
    return [...this.byName.keys()];
  }

  /** Whether a model whose name names no upstream has one all the same. */
  get hasDefault(): boolean {
    return this.byName.has(DEFAULT_UPSTREAM);
  }

  /**
   * Finds a model by the name that a group lists. The part before the first slash names its upstream, if there is one of
   * that name. Otherwise the whole name is that of a model of the default upstream, such as "openai/gpt-4o" of LiteLLM.
   * Undefined if there is no default upstream.
   */
  find(listed: string): ModelAt | undefined {
    const slash = listed.indexOf("/");
    const named = slash > 0 ? this.byName.get(listed.slice(0, slash)) : undefined;
    const upstream = named ?? this.byName.get(DEFAULT_UPSTREAM);
    if (!upstream) return undefined;
    const model = named ? listed.slice(slash + 1) : listed;
    return { upstream, model, key: upstream.name === DEFAULT_UPSTREAM ? model : `${upstream.name}/${model}` };
  }

  /** The same, with an upstream that fails if there is none. */
  at(listed: string): ModelAt {
    const found = this.find(listed);
    if (found) return found;
    const [name = ""] = listed.split("/", 1);
    return { upstream: notConfigured(name, this.timeLimits), model: listed, key: listed };
  }

  /** The name of the upstream whose model has this key. */
  nameOf(key: string): string {
    return this.at(key).upstream.name;
  }

  /** Closes idle connections. The caller must abort running requests first. */
  async close(): Promise<void> {
    await Promise.all(this.list.map(({ provider }) => provider.close()));
  }
}
