import type { CallOutcome, LlmCallRow } from "../../features/calls/call.service.js";
import type { ToolCallOfAnswer } from "../../features/calls/log/answer.js";
import { type CreditBalanceRow, type CreditEntryRow, remainingOf } from "../../features/credits/credit.service.js";
import type { JobRow } from "../../features/jobs/job.service.js";
import type { CostSummary } from "../../features/jobs/job.type.js";
import type { GroupModelRow, ModelGroupRow } from "../../features/models/model-group.service.js";
import type { Plan } from "../../features/models/plan.js";
import type { OrganizationRow } from "../../features/organizations/organization.service.js";
import type { TeamRow } from "../../features/teams/team.service.js";
import { formatUsd } from "../../lib/money.js";

// What the gateway has, in the words of this door. Times become ISO 8601 with Z where JSON is written.

export const organizationShape = (organization: OrganizationRow) => ({
  organization_id: organization.id,
  name: organization.name,
  status: organization.status.toLowerCase(),
  metadata: organization.metadata,
  created_at: organization.createdAt,
  updated_at: organization.updatedAt,
});

/** A group that exists can be used, and so can each of its models: neither has a switch. */
export const modelGroupShape = (group: ModelGroupRow, models: readonly GroupModelRow[]) => ({
  model_group_id: group.id,
  group_name: group.name,
  display_name: group.displayName,
  description: group.description,
  status: "active",
  models: models.map((model) => ({ model_name: model.name, priority: model.priority, is_active: true })),
});

export const planShape = (modelGroup: string, [first, ...fallbacks]: Plan) => ({
  group_name: modelGroup,
  primary_model: first.name,
  fallback_models: fallbacks.map((model) => model.name),
  team_has_access: true,
});

/** Where credits stand. `credits_remaining` is allocated - used; new jobs can take what is available. */
export const creditsShape = (balance: CreditBalanceRow) => ({
  credits_allocated: balance.allocated,
  credits_used: balance.used,
  credits_remaining: remainingOf(balance),
  credits_held: balance.held,
  credits_available: balance.available,
});

export const balanceShape = (team: TeamRow, balance: CreditBalanceRow) => ({
  team_id: team.id,
  organization_id: team.organizationId,
  ...creditsShape(balance),
});

export const transactionShape = (entry: CreditEntryRow) => ({
  transaction_id: entry.id,
  kind: entry.kind.toLowerCase(),
  credits: entry.credits,
  held_credits: entry.heldCredits,
  available_after: entry.availableAfter,
  held_after: entry.heldAfter,
  reason: entry.reason,
  actor: entry.actor,
  job_id: entry.jobId,
  created_at: entry.createdAt,
});

export interface TeamParts {
  readonly balance: CreditBalanceRow;
  readonly groups: readonly ModelGroupRow[];
  /** Of all its groups, in order. */
  readonly models: readonly GroupModelRow[];
}

export const teamShape = (team: TeamRow, { balance, groups, models }: TeamParts) => ({
  team_id: team.id,
  organization_id: team.organizationId,
  team_alias: team.alias,
  status: team.status.toLowerCase(),
  model_groups: groups.map((group) => group.name),
  allowed_models: [...new Set(models.map((model) => model.name))],
  ...creditsShape(balance),
  metadata: team.metadata,
  created_at: team.createdAt,
  updated_at: team.updatedAt,
});

export const newTeamShape = (team: TeamRow, parts: TeamParts, virtualKey: string) => {
  const { team_id, organization_id, team_alias, model_groups, allowed_models, credits_allocated, credits_remaining } =
    teamShape(team, parts);
  return {
    team_id,
    organization_id,
    team_alias,
    model_groups,
    allowed_models,
    credits_allocated,
    credits_remaining,
    virtual_key: virtualKey,
    message: "The team was created. Keep its virtual key: it is shown this once.",
  };
};

export const newJobShape = (job: JobRow) => ({
  job_id: job.id,
  status: job.status.toLowerCase(),
  created_at: job.createdAt,
});

export const jobShape = (job: JobRow) => ({
  job_id: job.id,
  team_id: job.teamId,
  job_type: job.jobType,
  status: job.status.toLowerCase(),
  metadata: job.metadata,
  error_message: job.errorMessage,
  credit_applied: job.creditApplied,
  created_at: job.createdAt,
  started_at: job.startedAt,
  completed_at: job.completedAt,
});

/** Cancelled calls count as failed here, and what is unpriced adds nothing to the cost. */
export const costsShape = (costs: CostSummary) => ({
  total_calls: costs.totalCalls,
  successful_calls: costs.successfulCalls,
  failed_calls: costs.failedCalls + costs.cancelledCalls,
  total_tokens: costs.totalTokens,
  total_cost_usd: Number(formatUsd(costs.totalCostUsd)),
  avg_latency_ms: costs.avgLatencyMs,
  credit_applied: costs.creditApplied,
  credits_remaining: costs.creditsRemaining,
});

export const completionShape = (job: JobRow, costs: CostSummary, calls: readonly CallOutcome[]) => ({
  job_id: job.id,
  status: job.status.toLowerCase(),
  completed_at: job.completedAt,
  costs: costsShape(costs),
  calls: calls.map((call) => ({
    call_id: call.id,
    purpose: call.purpose,
    model_group: call.modelGroup,
    tokens: tokensOf(call),
    latency_ms: call.latencyMs,
    error: call.errorMessage,
  })),
});

export const callShape = (call: LlmCallRow) => {
  const toolCalls = call.toolCalls as unknown as ToolCallOfAnswer[];
  return {
    call_id: call.id,
    response: {
      content: call.content ?? "",
      finish_reason: call.finishReason,
      ...(toolCalls.length > 0 && { tool_calls: toolCalls.map(toolCallShape) }),
    },
    metadata: { tokens_used: tokensOf(call), latency_ms: call.latencyMs ?? 0, model_group: call.modelGroup },
  };
};

export const singleCallShape = (call: LlmCallRow, job: JobRow, costs: CostSummary) => ({
  job_id: job.id,
  status: job.status.toLowerCase(),
  completed_at: job.completedAt,
  ...callShape(call),
  costs: costsShape(costs),
});

/** As OpenAI's chat format has it. */
const toolCallShape = ({ id, name, arguments: text }: ToolCallOfAnswer) => ({
  id,
  type: "function",
  function: { name, arguments: text },
});

const tokensOf = (call: Pick<LlmCallRow, "promptTokens" | "completionTokens">): number =>
  (call.promptTokens ?? 0) + (call.completionTokens ?? 0);
