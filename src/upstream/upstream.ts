import { UpstreamError } from "./failure/upstream-error.js";
import type { Provider } from "./provider.js";
import { Health } from "./resilience/health.js";
import { Turns } from "./resilience/turns.js";
import type { TimeLimits } from "./resilience/within-time.js";

/** One of those who answer as models: where it is, how long it may take, and how many requests it may have. */
export interface Upstream {
  /** Shown as `LlmCallAttempt.upstream`. */
  readonly name: string;
  readonly provider: Provider;
  readonly timeLimits: TimeLimits;
  readonly turns: Turns;
  readonly health: Health;
  /** The table's name of the provider whose prices hold. Undefined if the model's own name has to say it. */
  readonly priceProvider?: string | undefined;
}

/** A model of a group, at the upstream that its name names. */
export interface ModelAt {
  readonly upstream: Upstream;
  /** The name by which the upstream knows it. */
  readonly model: string;
  /** The same for all names of the same model at the same upstream. Circuits go by it. */
  readonly key: string;
}

/** Stands for an upstream that a model's name names, and that is not configured. It fails each time that it is asked. */
export const notConfigured = (name: string, timeLimits: TimeLimits): Upstream => ({
  name,
  timeLimits,
  turns: new Turns(null),
  health: new Health(),
  provider: {
    name: "unknown",
    description: "an upstream that is not configured",
    // biome-ignore lint/correctness/useYield: it never has anything to say.
    stream: async function* ({ model }) {
      throw new UpstreamError("not-configured", model);
    },
    close: async () => {},
  },
});
