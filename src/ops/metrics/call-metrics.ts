import { Counter, Histogram, type Registry } from "prom-client";
import type { Events } from "../../lib/observe/events.js";
import type { AttemptEnded, CallSettled } from "../../lib/observe/facts.js";
import { BoundedNames } from "./bounded-names.js";
import { SECONDS_OF_MODELS, SECONDS_OF_OURS, SECONDS_OF_TOKENS, seconds } from "./units.js";

/** The admin chooses the names of groups and models. */
const GROUPS_MAX = 100;
const MODELS_MAX = 100;
/** Groups may also name upstreams that are not configured. */
const UPSTREAMS_MAX = 100;
const NANO_USD = 1e9;

/** Counts and times calls and their attempts, by group and model. */
export function watchCalls(events: Events, registry: Registry): void {
  const instruments = callInstruments(registry);
  const groups = new BoundedNames(GROUPS_MAX);
  const models = new BoundedNames(MODELS_MAX);
  const upstreams = new BoundedNames(UPSTREAMS_MAX);
  events.on("call", (call) => {
    const labels = { group: groups.of(call.modelGroup), model: models.of(call.model) };
    countCall(instruments, labels, call);
    for (const attempt of call.attempts)
      countAttempt(instruments, { upstream: upstreams.of(attempt.upstream), model: models.of(attempt.model) }, attempt);
  });
  events.on("overhead", ({ ms }) => instruments.overhead.observe(seconds(ms)));
}

const byGroupAndModel = ["group", "model"] as const;
const byUpstreamAndModel = ["upstream", "model"] as const;

type Instruments = ReturnType<typeof callInstruments>;

function callInstruments(registry: Registry) {
  const registers = [registry];
  return {
    calls: new Counter({
      name: "tollgate_calls_total",
      help: "Calls that were settled. The outcome is succeeded, cancelled, or the code of the error, such as UPSTREAM_TIMEOUT.",
      labelNames: [...byGroupAndModel, "outcome"],
      registers,
    }),
    duration: new Histogram({
      name: "tollgate_call_duration_seconds",
      help: "From the admission of a call to its settlement.",
      labelNames: byGroupAndModel,
      buckets: SECONDS_OF_MODELS,
      registers,
    }),
    firstToken: new Histogram({
      name: "tollgate_call_time_to_first_token_seconds",
      help: "From the admission of a call to the first token of its answer.",
      labelNames: byGroupAndModel,
      buckets: SECONDS_OF_MODELS,
      registers,
    }),
    overhead: new Histogram({
      name: "tollgate_call_overhead_seconds",
      help: "What the gateway itself added to a call: the time from its arrival to its settlement, without the time of the upstream.",
      buckets: SECONDS_OF_OURS,
      registers,
    }),
    tokens: new Counter({
      name: "tollgate_tokens_total",
      help: "Tokens of settled calls. Those of the cache and of sound are among the prompt's or the completion's, and reasoning tokens among the completion's.",
      labelNames: [...byGroupAndModel, "kind"],
      registers,
    }),
    cost: new Counter({
      name: "tollgate_cost_usd_total",
      help: "Cost of settled calls in USD. It is a sum of floating-point numbers, for graphs. The exact sums are in the API.",
      labelNames: byGroupAndModel,
      registers,
    }),
    unpriced: new Counter({
      name: "tollgate_calls_unpriced_total",
      help: "Settled calls whose cost is unknown, because an attempt has no known price.",
      labelNames: byGroupAndModel,
      registers,
    }),
    partlyUnpriced: new Counter({
      name: "tollgate_calls_partly_unpriced_total",
      help: "Settled calls that are priced, but for a part that has no known price, such as sound.",
      labelNames: byGroupAndModel,
      registers,
    }),
    ...attemptInstruments(registers),
  };
}

const attemptInstruments = (registers: Registry[]) => ({
  attempts: new Counter({
    name: "tollgate_attempts_total",
    help: "Questions to models. The outcome is succeeded, cancelled, or the kind of the failure, such as rate-limited.",
    labelNames: [...byUpstreamAndModel, "outcome"],
    registers,
  }),
  attemptDuration: new Histogram({
    name: "tollgate_attempt_duration_seconds",
    help: "How long a model took to answer or to fail.",
    labelNames: byUpstreamAndModel,
    buckets: SECONDS_OF_MODELS,
    registers,
  }),
  perToken: new Histogram({
    name: "tollgate_time_per_output_token_seconds",
    help: "The time from the first token of an answer to its end, for each further token.",
    labelNames: byUpstreamAndModel,
    buckets: SECONDS_OF_TOKENS,
    registers,
  }),
});

type CallLabels = Readonly<Record<"group" | "model", string>>;

function countCall(instruments: Instruments, labels: CallLabels, call: CallSettled): void {
  const { calls, duration, firstToken, tokens, cost, unpriced, partlyUnpriced } = instruments;
  const outcome =
    call.status === "SUCCEEDED" ? "succeeded" : call.status === "CANCELLED" ? "cancelled" : call.errorCode;
  calls.inc({ ...labels, outcome: outcome ?? "INTERNAL" });
  if (call.ms !== null) duration.observe(labels, seconds(call.ms));
  if (call.timeToFirstTokenMs !== null) firstToken.observe(labels, seconds(call.timeToFirstTokenMs));
  const kinds = {
    prompt: call.promptTokens,
    completion: call.completionTokens,
    cached_prompt: call.cachedPromptTokens,
    cache_write: call.cacheWritePromptTokens,
    audio_prompt: call.audioPromptTokens,
    reasoning: call.reasoningTokens,
    audio_completion: call.audioCompletionTokens,
  };
  for (const [kind, count] of Object.entries(kinds)) if (count > 0) tokens.inc({ ...labels, kind }, count);
  if (call.costNanoUsd !== null) cost.inc(labels, Number(call.costNanoUsd) / NANO_USD);
  if (call.costSource === "UNPRICED") unpriced.inc(labels);
  if (call.hasUnpricedPart) partlyUnpriced.inc(labels);
}

function countAttempt(
  { attempts, attemptDuration, perToken }: Instruments,
  labels: Readonly<Record<"upstream" | "model", string>>,
  attempt: AttemptEnded,
): void {
  const { status, errorKind, ms, streamedMs, completionTokens } = attempt;
  attempts.inc({ ...labels, outcome: errorKind ?? status.toLowerCase() });
  attemptDuration.observe(labels, seconds(ms));
  if (streamedMs !== null && completionTokens > 1)
    perToken.observe(labels, seconds(streamedMs) / (completionTokens - 1));
}
