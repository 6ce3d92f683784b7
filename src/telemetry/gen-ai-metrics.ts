import type { Attributes, Histogram, Meter } from "@opentelemetry/api";
import type { Events } from "../lib/observe/events.js";
import type { AttemptEnded } from "../lib/observe/facts.js";

/** The boundaries that OpenTelemetry's conventions for generative AI give for each metric. */
const TOKENS = [1, 4, 16, 64, 256, 1024, 4096, 16384, 65536, 262144, 1048576, 4194304, 16777216, 67108864];
const DURATION = [0.01, 0.02, 0.04, 0.08, 0.16, 0.32, 0.64, 1.28, 2.56, 5.12, 10.24, 20.48, 40.96, 81.92];
const FIRST_TOKEN = [0.001, 0.005, 0.01, 0.02, 0.04, 0.06, 0.08, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10];

/**
 * Records the metrics of OpenTelemetry's conventions for generative AI, once for each question to a model. They come from
 * the facts and not from the spans, so that they are whole if only some of the spans are kept.
 */
export class GenAiMetrics {
  private readonly usage: Histogram;
  private readonly duration: Histogram;
  private readonly firstToken: Histogram;

  constructor(meter: Meter) {
    const histogram = (name: string, unit: string, description: string, explicitBucketBoundaries: number[]) =>
      meter.createHistogram(name, { unit, description, advice: { explicitBucketBoundaries } });
    this.usage = histogram("gen_ai.client.token.usage", "{token}", "Number of input and output tokens used.", TOKENS);
    this.duration = histogram("gen_ai.client.operation.duration", "s", "GenAI operation duration.", DURATION);
    this.firstToken = histogram(
      "gen_ai.server.time_to_first_token",
      "s",
      "Time to generate the first token of an answer.",
      FIRST_TOKEN,
    );
  }

  watch(events: Events): void {
    events.on("call", ({ attempts }) => {
      for (const attempt of attempts) this.record(attempt);
    });
  }

  private record(attempt: AttemptEnded): void {
    const attributes: Attributes = {
      "gen_ai.operation.name": "chat",
      "gen_ai.provider.name": attempt.provider,
      "gen_ai.request.model": attempt.model,
    };
    const end = attempt.errorKind ?? (attempt.status === "CANCELLED" ? "cancelled" : null);
    this.duration.record(attempt.ms / 1_000, end === null ? attributes : { ...attributes, "error.type": end });
    if (attempt.firstTokenMs !== null) this.firstToken.record(attempt.firstTokenMs / 1_000, attributes);
    const tokens = { input: attempt.promptTokens, output: attempt.completionTokens };
    for (const [type, count] of Object.entries(tokens))
      if (count > 0) this.usage.record(count, { ...attributes, "gen_ai.token.type": type });
  }
}
