import { isUuid } from "../../src/lib/ids.js";
import { formatUsd } from "../../src/lib/money.js";
import type {
  BalanceFragment,
  CompleteJobMutation,
  CreateJobMutation,
  JobQuery,
  SettledCallFragment,
} from "../graphql/operations.js";
import { balanceOf } from "./checks.js";
import { CheckFailed, expectFields, expectThat, expectUsd } from "./expect.js";
import type { AskedCall, AskedGroup, Scenario } from "./scenario.js";

type NewJob = NonNullable<CreateJobMutation["createJob"]>;
type JobWithCalls = NonNullable<JobQuery["job"]>;
type JobCompletion = NonNullable<CompleteJobMutation["completeJob"]>;

/** A call that succeeded, so that these fields are not null. */
export type AnsweredCall = SettledCallFragment & {
  readonly [Field in "content" | "usage" | "latencyMs"]: NonNullable<SettledCallFragment[Field]>;
};

/** An open job must hold one credit, so that a burst of jobs cannot spend more credits than the team has. */
export function checkJob(got: NewJob, asked: Scenario["job"], before: BalanceFragment, teamId: string): void {
  expectThat(isUuid(got.id), "job.id", got.id, "a UUID");
  expectFields("job", got, { ...asked, status: "PENDING" });
  expectFields("job.team", got.team, {
    id: teamId,
    credits: balanceOf(before.allocated, before.used, before.held + 1),
  });
}

export function checkCall(got: SettledCallFragment, asked: AskedCall, group: AskedGroup): AnsweredCall {
  const { content, usage, latencyMs, costUsd, costSource, model, error } = got;
  // The gateway's message says what to look at, such as a model that the upstream does not have.
  if (error)
    throw new CheckFailed(`llmCall: got ${got.status} with ${error.code}: ${error.message} Expected SUCCEEDED`);
  expectFields("llmCall", got, {
    status: "SUCCEEDED",
    job: { id: asked.jobId },
    modelGroup: asked.modelGroup,
    purpose: asked.purpose,
  });
  expectThat(isUuid(got.id), "llmCall.id", got.id, "a UUID");
  const names = group.models.map(({ name }) => name);
  expectThat(model !== null && names.includes(model), "llmCall.model", model, `one of ${names.join(", ")}`);
  expectThat(Boolean(got.provider), "llmCall.provider", got.provider, "a name");
  expectThat(content !== null && content.trim() !== "", "llmCall.content", content, "a text");
  expectThat(usage !== null && usage.totalTokens > 0, "llmCall.usage.totalTokens", usage?.totalTokens, "more than 0");
  const { promptTokens, completionTokens } = usage;
  expectFields("llmCall.usage", usage, { totalTokens: promptTokens + completionTokens });
  expectThat(latencyMs !== null && latencyMs >= 0, "llmCall.latencyMs", latencyMs, "0 or more");
  expectThat(
    costSource !== null && (costUsd === null) === (costSource === "UNPRICED"),
    "llmCall.costUsd",
    costUsd,
    `an amount, or null where costSource, ${costSource} here, is UNPRICED`,
  );
  return { ...got, content, usage, latencyMs };
}

/** The job must have exactly these calls, oldest first. */
export function checkJobWithCalls(got: JobWithCalls, calls: readonly AnsweredCall[]): void {
  expectFields("job", got, {
    status: "IN_PROGRESS",
    llmCalls: { totalCount: calls.length, nodes: calls.map(({ id }) => ({ id })) },
  });
}

/** Checks every number of the summary against the calls and the balance before the job. */
export function checkCompletion(
  { job, costs }: JobCompletion,
  jobId: string,
  calls: readonly AnsweredCall[],
  before: BalanceFragment,
): void {
  expectFields("job", job, { id: jobId, status: "COMPLETED" });
  expectThat(job.completedAt !== null, "job.completedAt", job.completedAt, "an instant");
  const sum = (number: (call: AnsweredCall) => number): number =>
    calls.reduce((total, call) => total + number(call), 0);
  const costNanoUsd = calls.reduce((total, { costUsd }) => total + (costUsd === null ? 0n : expectUsd(costUsd)), 0n);
  expectFields("costs", costs, {
    totalCalls: calls.length,
    successfulCalls: calls.length,
    failedCalls: 0,
    cancelledCalls: 0,
    runningCalls: 0,
    promptTokens: sum(({ usage }) => usage.promptTokens),
    completionTokens: sum(({ usage }) => usage.completionTokens),
    totalTokens: sum(({ usage }) => usage.totalTokens),
    totalCostUsd: formatUsd(costNanoUsd),
    unpricedCalls: sum(({ costSource }) => (costSource === "UNPRICED" ? 1 : 0)),
    avgLatencyMs: Math.round(sum(({ latencyMs }) => latencyMs) / calls.length),
    creditApplied: true,
    creditsRemaining: before.remaining - 1,
  });
}
