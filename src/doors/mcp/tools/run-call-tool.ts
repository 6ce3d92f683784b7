import { z } from "zod";
import { shownCost } from "../../../features/budgets/shown-cost.js";
import type { LlmCallRow } from "../../../features/calls/call.service.js";
import { usageOfRow } from "../../../features/calls/costs/usage-of-row.js";
import { toolCallsOf } from "../../../features/calls/log/answer.js";
import { DisconnectPolicy, LlmCallInput } from "../../../features/calls/question/call.input.js";
import { MessageInput, MessageRole } from "../../../features/calls/question/message.input.js";
import { CostSource, LlmCallStatus, UsageSource } from "../../../generated/prisma/enums.js";
import { invalid } from "../../../input/validate.js";
import { requireSucceeded } from "../../chat/require-succeeded.js";
import type { Tool } from "../tool.js";
import { callWithProgress } from "./call-with-progress.js";
import { count, decimal, idempotencyKey, limit, lowerCase, text, upperCase, wordsOf } from "./fields.js";

const anObject = z.record(z.string(), z.unknown());

const message = z.strictObject({
  role: z.enum(wordsOf(MessageRole)).describe("Who speaks."),
  content: z
    .union([z.string(), z.array(anObject), z.null()])
    .describe('The text, or content parts as OpenAI defines them, such as {"type": "text", "text": "..."}.')
    .optional(),
  name: text("The name of the speaker.").nullable().optional(),
  tool_calls: z.array(anObject).describe("The tool calls that an assistant asked for.").nullable().optional(),
  tool_call_id: text("The id of the tool call that a message of role tool answers.").nullable().optional(),
});

const input = z.strictObject({
  job_id: text(
    "The job that the call belongs to, as create_job returned it. Absent means a job of this call alone: it is opened and ended with it, and takes a credit if the call succeeds.",
  ).optional(),
  model_group: text("The name of one of the team's model groups."),
  prompt: text("The question, as one text of the user. Give exactly one of prompt and messages.").optional(),
  messages: z
    .array(message)
    .describe("The conversation in OpenAI's chat format: 1 to 2,000 messages. Give exactly one of prompt and messages.")
    .optional(),
  max_tokens: limit("The most tokens that the answer may have: 1 or more. Absent leaves it to the model.").optional(),
  temperature: z
    .number()
    .describe("How freely the model chooses its words: 0 to 2. Absent leaves it to the model.")
    .optional(),
  tools: z
    .array(anObject)
    .describe("The tools that the model may ask for, as OpenAI defines them: up to 128.")
    .optional(),
  tool_choice: z
    .union([z.string(), anObject])
    .describe('"none", "auto", "required", or an object that names a tool, as OpenAI defines it.')
    .optional(),
  response_format: anObject
    .describe('The form of the answer, such as {"type": "json_object"}, as OpenAI defines it. Absent means text.')
    .optional(),
  purpose: text("What the call is for: 1 to 200 characters. It is kept with the call.").optional(),
  idempotency_key: idempotencyKey("asks the model again and buys a second answer").optional(),
});

const usage = z
  .object({
    prompt_tokens: count("Tokens of the question."),
    completion_tokens: count("Tokens of the answer."),
    total_tokens: count("The sum of both."),
    cached_prompt_tokens: count(
      "The part of prompt_tokens that came from a cache. Null if it is not known.",
    ).nullable(),
    reasoning_tokens: count("The part of completion_tokens spent on reasoning. Null if it is not known.").nullable(),
    source: z
      .enum(wordsOf(UsageSource))
      .describe("Whether the numbers were reported by the model's provider, estimated by the gateway, or unknown."),
  })
  .describe("The tokens of the call. Null if no model took it up.");

const answer = z.object({
  call_id: text("The id of the call: a UUID."),
  job_id: text("The job that the call belongs to."),
  status: z.enum(wordsOf(LlmCallStatus)).describe("succeeded. A call that failed is an error instead."),
  content: text("The text of the answer. Null if there is none.").nullable(),
  tool_calls: z
    .array(
      z.object({
        id: text("The id that a message with the tool's result names."),
        name: text("The name of the tool."),
        arguments: text("The arguments as the model wrote them. They should be JSON."),
      }),
    )
    .describe("The tools that the model asks for. Usually empty."),
  finish_reason: text('Why the model stopped: "stop", "length", "tool_calls" or "content_filter".').nullable(),
  model_group: text("The model group that was asked for."),
  model: text("The model that answered.").nullable(),
  usage: usage.nullable(),
  cost_usd: decimal("What the call cost. Null if no price is known.").nullable(),
  cost_source: z
    .enum(wordsOf(CostSource))
    .describe("Where the cost comes from. Null if the call cost nothing.")
    .nullable(),
  latency_ms: count("Milliseconds from the admission of the call to its end.").nullable(),
});

export const runCallTool: Tool<typeof input, typeof answer> = {
  name: "run_call",
  title: "Ask a model",
  description:
    "Asks a model group a question and waits for the whole answer. It costs what the model's tokens cost, at every repeat without an idempotency_key. The call goes on if you stop waiting; with an idempotency_key, the same arguments get its answer later. The error MODEL_GROUP_NOT_ALLOWED means that the team has no such model group.",
  input,
  answer,
  annotations: { readOnlyHint: false, destructiveHint: false, idempotentHint: false, openWorldHint: true },
  async run(context, given, tell) {
    const { services, viewer, record, signal } = context;
    const question = questionOf(given);
    const call = tell
      ? await callWithProgress(context, question, tell)
      : record.ofCall(await services.calls.run(viewer, question, signal, record));
    requireSucceeded(call);
    return {
      call_id: call.id,
      job_id: call.jobId,
      status: lowerCase(call.status),
      content: call.content,
      tool_calls: toolCallsOf(call).map(({ id, name, arguments: written }) => ({ id, name, arguments: written })),
      finish_reason: call.finishReason,
      model_group: call.modelGroup,
      model: call.model,
      usage: usageShape(call),
      cost_usd: call.costNanoUsd === null ? null : shownCost(viewer, call.costNanoUsd, call.markupMillionths),
      cost_source: call.costSource && lowerCase(call.costSource),
      latency_ms: call.latencyMs,
    };
  },
};

function questionOf({ prompt, messages, ...given }: z.output<typeof input>): LlmCallInput {
  if (prompt !== undefined && messages !== undefined)
    throw invalid("prompt", "must not be given beside messages", prompt);
  if (prompt === undefined && messages === undefined)
    throw invalid("prompt", "must be given if messages are not", null);
  return Object.assign(new LlmCallInput(), {
    jobId: given.job_id ?? null,
    modelGroup: given.model_group,
    messages: (messages ?? [{ role: "user" as const, content: prompt }]).map(messageOf),
    maxTokens: given.max_tokens ?? null,
    temperature: given.temperature ?? null,
    tools: given.tools ?? null,
    toolChoice: given.tool_choice ?? null,
    responseFormat: given.response_format ?? null,
    purpose: given.purpose ?? null,
    idempotencyKey: given.idempotency_key ?? null,
    // Whether a client asks for progress must not decide whether its call survives it.
    onDisconnect: DisconnectPolicy.FINISH,
  });
}

const messageOf = ({ role, content, name, tool_calls, tool_call_id }: z.output<typeof message>): MessageInput =>
  Object.assign(new MessageInput(), {
    role: MessageRole[upperCase(role)],
    ...(Array.isArray(content) ? { parts: content } : { content: content ?? null }),
    name: name ?? null,
    toolCalls: tool_calls ?? null,
    toolCallId: tool_call_id ?? null,
  });

function usageShape(call: LlmCallRow): z.input<typeof usage> | null {
  const known = usageOfRow(call);
  return (
    known && {
      prompt_tokens: known.promptTokens,
      completion_tokens: known.completionTokens,
      total_tokens: known.totalTokens,
      cached_prompt_tokens: known.cachedPromptTokens,
      reasoning_tokens: known.reasoningTokens,
      source: lowerCase(known.source),
    }
  );
}
