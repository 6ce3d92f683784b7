import { UpstreamError, type UpstreamErrorKind } from "../../src/upstream/failure/upstream-error.js";
import type { ChatRequest, Part, Provider } from "../../src/upstream/provider.js";
import { MODELS } from "./example-world.js";
import type { Random } from "./random.js";
import type { SeedClock } from "./seed-clock.js";

/** Failures after which another model is asked at once. */
const PASSING: readonly UpstreamErrorKind[] = ["rate-limited", "overloaded", "malformed"];
/** Failures that no wait follows, for the last model of a group. */
const FINAL: readonly UpstreamErrorKind[] = ["malformed", "truncated", "content-filter"];
const STATUS: Partial<Record<UpstreamErrorKind, number>> = {
  "rate-limited": 429,
  overloaded: 503,
  "content-filter": 400,
};
const ANSWERS = [
  "The order left our warehouse yesterday and should arrive on Thursday.",
  "Open the settings, choose Security and then Reset password. A link is sent to your address.",
  "The report compares three suppliers. The second is the cheapest, and delivers within five days.",
  "Here is a shorter version of the text, with the two dates corrected.",
];

/** Answers as models do, at the times of the seed's clock: now and then slowly, and now and then not at all. */
export class SeedModel implements Provider {
  readonly name = "simulated";
  readonly description = "the model of the example world";
  /** What happens to the calls of the work that is being done. */
  fate: { readonly random: Random; readonly isBad: boolean } | undefined;

  constructor(private readonly clock: SeedClock) {}

  async *stream({ model }: ChatRequest, _signal: AbortSignal, onSent?: () => void): AsyncGenerator<readonly Part[]> {
    if (!this.fate) throw new Error("No work is being done.");
    const { random, isBad } = this.fate;
    const { firstTokenMs, tokensPerSecond, failureRate, isLast } = MODELS[model] ?? DEFAULT;
    onSent?.();
    if (random.chance(isBad && !isLast ? 0.4 : failureRate)) {
      await this.clock.pass(random.around(firstTokenMs));
      const kind = random.pick(isLast ? FINAL : PASSING);
      throw new UpstreamError(kind, model, { status: STATUS[kind] ?? 502 });
    }
    const completionTokens = random.around(180);
    const promptTokens = random.around(900);
    await this.clock.pass(random.around(firstTokenMs));
    yield [{ type: "text-delta", content: random.pick(ANSWERS) }];
    await this.clock.pass(random.around((1_000 * completionTokens) / tokensPerSecond));
    const cachedPromptTokens = random.chance(0.3) ? Math.floor(promptTokens / 2) : 0;
    yield [
      { type: "usage", usage: { promptTokens, completionTokens, cachedPromptTokens } },
      { type: "finish", finishReason: random.chance(0.04) ? "length" : "stop" },
    ];
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
}

const DEFAULT = { firstTokenMs: 400, tokensPerSecond: 60, failureRate: 0.02, isLast: true };
