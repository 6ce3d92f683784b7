import { formatUsd } from "../../../lib/money.js";
import { type Attributes, isTracing, traced } from "../../../lib/observe/tracing.js";
import { UpstreamError } from "../../../upstream/failure/upstream-error.js";
import type { PlannedModel } from "../../models/plan.js";
import type { AdmittedCall } from "../commit/admitted-call.js";
import { providerName } from "../commit/outcome.js";
import type { Asked } from "./ask-model.js";

/** The longest that OpenAI and others have is 14. An upstream may send anything. */
const REASON_CHARACTERS_MAX = 40;

interface Question {
  readonly model: PlannedModel;
  readonly call: AdmittedCall;
}

/**
 * Asks a model as a span of its own, by OpenTelemetry's conventions for generative AI. The span has names and figures, and
 * nothing of what was asked or answered.
 */
export async function traceAttempt(question: Question, ask: () => Promise<Asked>): Promise<Asked> {
  if (!isTracing()) return ask();
  const name = `chat ${question.model.at.model}`;
  return traced({ name, kind: "client", attributes: attributesOf(question) }, async (span) => {
    const asked = await ask();
    span.set(attributesOfAnswer(asked));
    if (asked.failure !== undefined) span.fail(failureOf(asked));
    return asked;
  });
}

function attributesOf({ model: { at }, call: { call, request } }: Question): Attributes {
  const { name: upstream, provider } = at.upstream;
  const { options } = request;
  const figure = (field: string) => (typeof options[field] === "number" ? options[field] : undefined);
  return {
    "gen_ai.operation.name": "chat",
    "gen_ai.provider.name": providerName(provider.name),
    "gen_ai.request.model": at.model,
    "gen_ai.conversation.id": call.jobId,
    "gen_ai.request.max_tokens": figure("max_completion_tokens") ?? figure("max_tokens"),
    "gen_ai.request.temperature": figure("temperature"),
    "gen_ai.request.top_p": figure("top_p"),
    "gen_ai.request.frequency_penalty": figure("frequency_penalty"),
    "gen_ai.request.presence_penalty": figure("presence_penalty"),
    "gen_ai.request.seed": figure("seed"),
    "gen_ai.request.stream": request.stream,
    "server.address": provider.address?.host,
    "server.port": provider.address?.port,
    "tollgate.call.id": call.id,
    "tollgate.upstream": upstream,
  };
}

function attributesOfAnswer({ answer, attempt: { usage, cost, startedAt, firstTokenAt } }: Asked): Attributes {
  const { finishReason } = answer;
  const costNanoUsd = cost?.costNanoUsd ?? null;
  return {
    "gen_ai.response.finish_reasons":
      finishReason === null ? undefined : [finishReason.slice(0, REASON_CHARACTERS_MAX)],
    "gen_ai.usage.input_tokens": usage?.promptTokens,
    "gen_ai.usage.output_tokens": usage?.completionTokens,
    "gen_ai.usage.cache_read.input_tokens": usage?.cachedPromptTokens,
    "gen_ai.response.time_to_first_chunk": firstTokenAt
      ? (firstTokenAt.getTime() - startedAt.getTime()) / 1_000
      : undefined,
    "tollgate.cost.usd": costNanoUsd === null ? undefined : formatUsd(costNanoUsd),
  };
}

const failureOf = ({ failure, attempt: { status } }: Asked): string =>
  status === "CANCELLED" ? "cancelled" : failure instanceof UpstreamError ? failure.kind : "internal";
