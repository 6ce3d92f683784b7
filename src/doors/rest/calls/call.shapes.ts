import { type Static, Type } from "typebox";
import type { LlmCallRow } from "../../../features/calls/call.service.js";
import { toolCallsOf } from "../../../features/calls/log/answer.js";
import { costFields } from "../../../features/jobs/costs/cost-fields.js";
import type { JobRow } from "../../../features/jobs/job.service.js";
import type { CostSummary } from "../../../features/jobs/job.type.js";
import { toolCallShape } from "../../chat/chat-shapes.js";
import { EXAMPLE } from "../example.js";
import { COSTS_EXAMPLE, Costs } from "../jobs/costs.shapes.js";
import { JobStatusText } from "../jobs/job.shapes.js";
import { lowerCase } from "../letter-case.js";
import { answer, integer, listOf, oneOf, orNull, record, text, time } from "../schemas.js";

const ToolCall = record({
  id: text("The id that the message with the tool's result names."),
  type: oneOf(["function"], "The kind of tool."),
  function: record({
    name: text("The name of the function."),
    arguments: text("The arguments, as the model wrote them. They should be JSON."),
  }),
});

const CALL = {
  call_id: text("A UUID. The header x-tollgate-call-id has it too, also if the call fails."),
  response: record({
    content: text('The text of the answer; "" if there is none.'),
    finish_reason: orNull(text('Why the model stopped, such as "stop", "length" or "tool_calls".')),
    tool_calls: Type.Optional(listOf(ToolCall, "The tools that the model asks for. Absent if it asks for none.")),
  }),
  metadata: record({
    tokens_used: integer("The tokens of the prompt and of the answer."),
    latency_ms: integer("Milliseconds from admission to settlement."),
    model_group: text("The model group that was asked for."),
  }),
};

const CALL_EXAMPLE = {
  call_id: EXAMPLE.callId,
  response: {
    content: 'To reset your password, please click on the "Forgot Password" link on the login page.',
    finish_reason: "stop",
  },
  metadata: { tokens_used: 156, latency_ms: 842, model_group: EXAMPLE.group },
};

export const Call = answer("Call", CALL, CALL_EXAMPLE);

export function callShape(call: LlmCallRow): Static<typeof Call> {
  const toolCalls = toolCallsOf(call);
  return {
    call_id: call.id,
    response: {
      content: call.content ?? "",
      finish_reason: call.finishReason,
      ...(toolCalls.length > 0 && { tool_calls: toolCalls.map((tool) => toolCallShape(tool)) }),
    },
    metadata: { tokens_used: tokensOf(call), latency_ms: call.latencyMs ?? 0, model_group: call.modelGroup },
  };
}

export const tokensOf = (call: Pick<LlmCallRow, "promptTokens" | "completionTokens">): number =>
  (call.promptTokens ?? 0) + (call.completionTokens ?? 0);

export const SingleCall = answer(
  "SingleCall",
  {
    job_id: text("The id of the job that was opened for this call."),
    status: JobStatusText,
    completed_at: orNull(time("When the job ended.")),
    ...CALL,
    costs: Costs,
  },
  {
    job_id: EXAMPLE.jobId,
    status: "completed",
    completed_at: EXAMPLE.ended,
    ...CALL_EXAMPLE,
    costs: COSTS_EXAMPLE,
  },
);

export const singleCallShape = (call: LlmCallRow, job: JobRow, costs: CostSummary): Static<typeof SingleCall> => ({
  job_id: job.id,
  status: lowerCase(job.status),
  completed_at: job.completedAt,
  ...callShape(call),
  costs: costFields(costs),
});
