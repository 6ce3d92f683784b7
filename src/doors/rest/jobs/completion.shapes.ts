import type { Static } from "typebox";
import type { CallOutcome } from "../../../features/calls/call.service.js";
import { costFields } from "../../../features/jobs/costs/cost-fields.js";
import type { JobRow } from "../../../features/jobs/job.service.js";
import type { CostSummary } from "../../../features/jobs/job.type.js";
import { tokensOf } from "../calls/call.shapes.js";
import { EXAMPLE } from "../example.js";
import { lowerCase } from "../letter-case.js";
import { answer, integer, listOf, orNull, record, text, time } from "../schemas.js";
import { COSTS_EXAMPLE, Costs } from "./costs.shapes.js";
import { JobStatusText } from "./job.shapes.js";

const Outcome = record({
  call_id: text("A UUID."),
  purpose: orNull(text("What the call was for, in the team's own words, or null.")),
  model_group: text("The model group that was asked for."),
  tokens: integer("The tokens of the prompt and of the answer."),
  latency_ms: orNull(integer("Milliseconds from admission to settlement. Null while the call runs.")),
  error: orNull(text("Why the call did not succeed, or null.")),
});

const outcomeShape = (call: CallOutcome): Static<typeof Outcome> => ({
  call_id: call.id,
  purpose: call.purpose,
  model_group: call.modelGroup,
  tokens: tokensOf(call),
  latency_ms: call.latencyMs,
  error: call.errorMessage,
});

export const Completion = answer(
  "Completion",
  {
    job_id: text("A UUID."),
    status: JobStatusText,
    completed_at: orNull(time("When the job became final. Null while it is open.")),
    costs: Costs,
    calls: listOf(Outcome, "The calls of the job, oldest first. If there are more than 1,000, only the first 1,000."),
  },
  {
    job_id: EXAMPLE.jobId,
    status: "completed",
    completed_at: EXAMPLE.ended,
    costs: COSTS_EXAMPLE,
    calls: [
      {
        call_id: EXAMPLE.callId,
        purpose: "initial_response",
        model_group: EXAMPLE.group,
        tokens: 156,
        latency_ms: 842,
        error: null,
      },
    ],
  },
);

export const completionShape = (
  job: JobRow,
  costs: CostSummary,
  calls: readonly CallOutcome[],
): Static<typeof Completion> => ({
  job_id: job.id,
  status: lowerCase(job.status),
  completed_at: job.completedAt,
  costs: costFields(costs),
  calls: calls.map(outcomeShape),
});
