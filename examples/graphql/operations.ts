// Written by `npm run schema` from operations.graphql and schema.graphql.
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { DocumentTypeDecoration } from '@graphql-typed-document-node/core';
export type AccountStatus =
  | 'ACTIVE'
  | 'DELETED'
  | 'SUSPENDED';

export type BillingInput = {
  readonly creditPriceUsd?: string | null | undefined;
  readonly creditsPerUsd?: string | null | undefined;
  readonly isUnpaidCostEnforced?: boolean | null | undefined;
  readonly lowCreditsPercentThresholds?: ReadonlyArray<number> | null | undefined;
  readonly lowCreditsThresholds?: ReadonlyArray<number> | null | undefined;
  readonly markupPercent?: string | null | undefined;
  readonly mode?: BillingMode | null | undefined;
  readonly monthlyCredits?: number | null | undefined;
  readonly tokensPerCredit?: number | null | undefined;
  readonly unpaidCostOverride?: UnpaidCostOverrideInput | null | undefined;
  readonly unpaidCostUsdPerDay?: string | null | undefined;
};

export type BillingMode =
  | 'JOB'
  | 'TOKENS'
  | 'USD';

export type CompleteJobInput = {
  readonly errorMessage?: string | null | undefined;
  readonly jobId: string;
  readonly metadata?: Record<string, unknown> | null | undefined;
  readonly status?: JobOutcome | null | undefined;
};

export type CostSource =
  | 'ADMIN_PRICE'
  | 'PRICE_TABLE'
  | 'UNPRICED'
  | 'UPSTREAM';

export type CreateJobInput = {
  readonly idempotencyKey?: string | null | undefined;
  readonly jobType: string;
  readonly maxCostUsd?: string | null | undefined;
  readonly maxTokens?: number | null | undefined;
  readonly metadata?: Record<string, unknown> | null | undefined;
  readonly teamId?: string | null | undefined;
};

export type CreateModelGroupInput = {
  readonly allowedOptions?: ReadonlyArray<string> | null | undefined;
  readonly description?: string | null | undefined;
  readonly displayName?: string | null | undefined;
  readonly maxOutputTokens?: number | null | undefined;
  readonly models: ReadonlyArray<GroupModelInput>;
  readonly name: string;
};

export type CreateOrganizationInput = {
  readonly id: string;
  readonly metadata?: Record<string, unknown> | null | undefined;
  readonly name: string;
};

export type CreateTeamInput = {
  readonly alias?: string | null | undefined;
  readonly billing?: BillingInput | null | undefined;
  readonly creditsAllocated?: number | null | undefined;
  readonly defaultKeyLimits?: LimitsInput | null | undefined;
  readonly id: string;
  readonly limits?: LimitsInput | null | undefined;
  readonly metadata?: Record<string, unknown> | null | undefined;
  readonly modelGroups?: ReadonlyArray<string> | null | undefined;
  readonly organizationId?: string | null | undefined;
};

export type CreditEntryKind =
  | 'ADJUST'
  | 'EXPIRE'
  | 'GRANT'
  | 'HOLD'
  | 'LAPSE'
  | 'POST'
  | 'TRANSFER_IN'
  | 'TRANSFER_OUT'
  | 'VOID';

export type DisconnectPolicy =
  | 'CANCEL'
  | 'FINISH';

export type ErrorCode =
  | 'ALREADY_EXISTS'
  | 'BUDGET_EXCEEDED'
  | 'CALLS_RUNNING'
  | 'CANCELLED'
  | 'DOCUMENT_NOT_TRUSTED'
  | 'FORBIDDEN'
  | 'GATEWAY_RESTARTED'
  | 'IDEMPOTENCY_CONFLICT'
  | 'INSUFFICIENT_CREDITS'
  | 'INTERNAL'
  | 'INVALID_INPUT'
  | 'INVALID_STATE'
  | 'MODEL_GROUP_NOT_ALLOWED'
  | 'NOT_FOUND'
  | 'OVERLOADED'
  | 'RATE_LIMITED'
  | 'TEAM_SUSPENDED'
  | 'UNAUTHENTICATED'
  | 'UNAVAILABLE'
  | 'UPSTREAM_FAILED'
  | 'UPSTREAM_RATE_LIMITED'
  | 'UPSTREAM_REJECTED'
  | 'UPSTREAM_TIMEOUT';

export type GroupModelInput = {
  readonly name: string;
  readonly priority?: number | null | undefined;
  readonly weight?: number | null | undefined;
};

export type JobOutcome =
  | 'CANCELLED'
  | 'COMPLETED'
  | 'FAILED';

export type JobStatus =
  | 'CANCELLED'
  | 'COMPLETED'
  | 'EXPIRED'
  | 'FAILED'
  | 'IN_PROGRESS'
  | 'PENDING';

export type LimitsInput = {
  readonly concurrentCalls?: number | null | undefined;
  readonly isEnforced?: boolean | null | undefined;
  readonly override?: LimitsOverrideInput | null | undefined;
  readonly requestsPerMinute?: number | null | undefined;
  readonly tokensPerMinute?: number | null | undefined;
};

export type LimitsOverrideInput = {
  readonly concurrentCalls?: number | null | undefined;
  readonly requestsPerMinute?: number | null | undefined;
  readonly tokensPerMinute?: number | null | undefined;
  readonly until: string;
};

export type LlmCallInput = {
  readonly idempotencyKey?: string | null | undefined;
  readonly jobId?: string | null | undefined;
  readonly jobType?: string | null | undefined;
  readonly maxTokens?: number | null | undefined;
  readonly messages: ReadonlyArray<MessageInput>;
  readonly metadata?: Record<string, unknown> | null | undefined;
  readonly modelGroup: string;
  readonly onDisconnect?: DisconnectPolicy | null | undefined;
  readonly onMidStreamFailure?: MidStreamFailurePolicy | null | undefined;
  readonly providerOptions?: Record<string, unknown> | null | undefined;
  readonly purpose?: string | null | undefined;
  readonly responseFormat?: Record<string, unknown> | null | undefined;
  readonly seed?: number | null | undefined;
  readonly stop?: ReadonlyArray<string> | null | undefined;
  readonly teamId?: string | null | undefined;
  readonly temperature?: number | null | undefined;
  readonly toolChoice?: unknown;
  readonly tools?: ReadonlyArray<Record<string, unknown>> | null | undefined;
  readonly topP?: number | null | undefined;
};

export type LlmCallStatus =
  | 'CANCELLED'
  | 'FAILED'
  | 'RUNNING'
  | 'SUCCEEDED';

export type MessageInput = {
  readonly content?: string | null | undefined;
  readonly name?: string | null | undefined;
  readonly parts?: ReadonlyArray<Record<string, unknown>> | null | undefined;
  readonly providerOptions?: Record<string, unknown> | null | undefined;
  readonly role: MessageRole;
  readonly toolCallId?: string | null | undefined;
  readonly toolCalls?: ReadonlyArray<Record<string, unknown>> | null | undefined;
};

export type MessageRole =
  | 'ASSISTANT'
  | 'DEVELOPER'
  | 'FUNCTION'
  | 'SYSTEM'
  | 'TOOL'
  | 'USER';

export type MidStreamFailurePolicy =
  | 'FAIL'
  | 'RESTART';

export type UnpaidCostOverrideInput = {
  readonly unpaidCostUsdPerDay: string;
  readonly until: string;
};

export type VirtualKeyStatus =
  | 'ACTIVE'
  | 'EXPIRED'
  | 'REVOKED';

export type CreateOrganizationMutationVariables = Exact<{
  input: CreateOrganizationInput;
}>;


export type CreateOrganizationMutation = { readonly createOrganization: { readonly id: string, readonly name: string, readonly metadata: Record<string, unknown> | null, readonly status: AccountStatus | null } | null };

export type CreateModelGroupMutationVariables = Exact<{
  input: CreateModelGroupInput;
}>;


export type CreateModelGroupMutation = { readonly createModelGroup: { readonly name: string, readonly displayName: string, readonly description: string | null, readonly models: ReadonlyArray<{ readonly name: string, readonly priority: number }> } | null };

export type CreateTeamMutationVariables = Exact<{
  input: CreateTeamInput;
}>;


export type CreateTeamMutation = { readonly createTeam: { readonly virtualKey: string, readonly key: { readonly prefix: string, readonly status: VirtualKeyStatus }, readonly team: { readonly id: string, readonly alias: string, readonly organization: { readonly id: string }, readonly modelGroups: ReadonlyArray<{ readonly name: string }>, readonly credits: { readonly allocated: number, readonly used: number, readonly held: number, readonly remaining: number, readonly available: number } } } | null };

export type TeamQueryVariables = Exact<{
  id: string;
}>;


export type TeamQuery = { readonly team: { readonly id: string, readonly credits: { readonly allocated: number, readonly used: number, readonly held: number, readonly remaining: number, readonly available: number }, readonly creditEntries: { readonly totalCount: number, readonly nodes: ReadonlyArray<{ readonly kind: CreditEntryKind, readonly credits: number, readonly heldCredits: number, readonly availableAfter: number, readonly heldAfter: number, readonly job: { readonly id: string } | null }> } } | null };

export type CreateJobMutationVariables = Exact<{
  input: CreateJobInput;
}>;


export type CreateJobMutation = { readonly createJob: { readonly id: string, readonly status: JobStatus, readonly jobType: string, readonly metadata: Record<string, unknown>, readonly team: { readonly id: string, readonly credits: { readonly allocated: number, readonly used: number, readonly held: number, readonly remaining: number, readonly available: number } } } | null };

export type RunLlmCallMutationVariables = Exact<{
  input: LlmCallInput;
}>;


export type RunLlmCallMutation = { readonly runLlmCall: { readonly id: string, readonly status: LlmCallStatus, readonly modelGroup: string, readonly purpose: string | null, readonly model: string | null, readonly provider: string | null, readonly content: string | null, readonly latencyMs: number | null, readonly costUsd: string | null, readonly costSource: CostSource | null, readonly error: { readonly code: ErrorCode, readonly message: string } | null, readonly job: { readonly id: string }, readonly usage: { readonly promptTokens: number, readonly completionTokens: number, readonly totalTokens: number } | null } | null };

export type StreamLlmCallSubscriptionVariables = Exact<{
  input: LlmCallInput;
}>;


export type StreamLlmCallSubscription = { readonly streamLlmCall:
    | { readonly __typename: 'LlmCallDelta', readonly content: string, readonly callId: string, readonly sequence: number }
    | { readonly __typename: 'LlmCallFinished', readonly callId: string, readonly sequence: number, readonly call: { readonly id: string, readonly status: LlmCallStatus, readonly modelGroup: string, readonly purpose: string | null, readonly model: string | null, readonly provider: string | null, readonly content: string | null, readonly latencyMs: number | null, readonly costUsd: string | null, readonly costSource: CostSource | null, readonly error: { readonly code: ErrorCode, readonly message: string } | null, readonly job: { readonly id: string }, readonly usage: { readonly promptTokens: number, readonly completionTokens: number, readonly totalTokens: number } | null } }
    | { readonly __typename: 'LlmCallModelSwitched', readonly fromModel: string, readonly toModel: string, readonly reason: string, readonly discard: boolean, readonly callId: string, readonly sequence: number }
    | { readonly __typename: 'LlmCallReasoningDelta', readonly callId: string, readonly sequence: number }
    | { readonly __typename: 'LlmCallSnapshot', readonly content: string, readonly callId: string, readonly sequence: number }
    | { readonly __typename: 'LlmCallStarted', readonly model: string, readonly callId: string, readonly sequence: number }
    | { readonly __typename: 'LlmToolCallDelta', readonly callId: string, readonly sequence: number }
   };

export type JobQueryVariables = Exact<{
  id: string;
}>;


export type JobQuery = { readonly job: { readonly id: string, readonly status: JobStatus, readonly llmCalls: { readonly totalCount: number, readonly nodes: ReadonlyArray<{ readonly id: string }> } } | null };

export type CompleteJobMutationVariables = Exact<{
  input: CompleteJobInput;
}>;


export type CompleteJobMutation = { readonly completeJob: { readonly job: { readonly id: string, readonly status: JobStatus, readonly completedAt: string | null }, readonly costs: { readonly totalCalls: number, readonly successfulCalls: number, readonly failedCalls: number, readonly cancelledCalls: number, readonly runningCalls: number, readonly promptTokens: number, readonly completionTokens: number, readonly totalTokens: number, readonly totalCostUsd: string, readonly unpricedCalls: number, readonly avgLatencyMs: number, readonly creditApplied: boolean, readonly creditsRemaining: number } } | null };

export type BalanceFragment = { readonly allocated: number, readonly used: number, readonly held: number, readonly remaining: number, readonly available: number };

export type LedgerEntryFragment = { readonly kind: CreditEntryKind, readonly credits: number, readonly heldCredits: number, readonly availableAfter: number, readonly heldAfter: number, readonly job: { readonly id: string } | null };

export type SettledCallFragment = { readonly id: string, readonly status: LlmCallStatus, readonly modelGroup: string, readonly purpose: string | null, readonly model: string | null, readonly provider: string | null, readonly content: string | null, readonly latencyMs: number | null, readonly costUsd: string | null, readonly costSource: CostSource | null, readonly error: { readonly code: ErrorCode, readonly message: string } | null, readonly job: { readonly id: string }, readonly usage: { readonly promptTokens: number, readonly completionTokens: number, readonly totalTokens: number } | null };

type CallEvent_LlmCallDelta_Fragment = { readonly __typename: 'LlmCallDelta', readonly content: string, readonly callId: string, readonly sequence: number };

type CallEvent_LlmCallFinished_Fragment = { readonly __typename: 'LlmCallFinished', readonly callId: string, readonly sequence: number, readonly call: { readonly id: string, readonly status: LlmCallStatus, readonly modelGroup: string, readonly purpose: string | null, readonly model: string | null, readonly provider: string | null, readonly content: string | null, readonly latencyMs: number | null, readonly costUsd: string | null, readonly costSource: CostSource | null, readonly error: { readonly code: ErrorCode, readonly message: string } | null, readonly job: { readonly id: string }, readonly usage: { readonly promptTokens: number, readonly completionTokens: number, readonly totalTokens: number } | null } };

type CallEvent_LlmCallModelSwitched_Fragment = { readonly __typename: 'LlmCallModelSwitched', readonly fromModel: string, readonly toModel: string, readonly reason: string, readonly discard: boolean, readonly callId: string, readonly sequence: number };

type CallEvent_LlmCallReasoningDelta_Fragment = { readonly __typename: 'LlmCallReasoningDelta', readonly callId: string, readonly sequence: number };

type CallEvent_LlmCallSnapshot_Fragment = { readonly __typename: 'LlmCallSnapshot', readonly content: string, readonly callId: string, readonly sequence: number };

type CallEvent_LlmCallStarted_Fragment = { readonly __typename: 'LlmCallStarted', readonly model: string, readonly callId: string, readonly sequence: number };

type CallEvent_LlmToolCallDelta_Fragment = { readonly __typename: 'LlmToolCallDelta', readonly callId: string, readonly sequence: number };

export type CallEventFragment =
  | CallEvent_LlmCallDelta_Fragment
  | CallEvent_LlmCallFinished_Fragment
  | CallEvent_LlmCallModelSwitched_Fragment
  | CallEvent_LlmCallReasoningDelta_Fragment
  | CallEvent_LlmCallSnapshot_Fragment
  | CallEvent_LlmCallStarted_Fragment
  | CallEvent_LlmToolCallDelta_Fragment
;

export type CostsFragment = { readonly totalCalls: number, readonly successfulCalls: number, readonly failedCalls: number, readonly cancelledCalls: number, readonly runningCalls: number, readonly promptTokens: number, readonly completionTokens: number, readonly totalTokens: number, readonly totalCostUsd: string, readonly unpricedCalls: number, readonly avgLatencyMs: number, readonly creditApplied: boolean, readonly creditsRemaining: number };

export class TypedDocumentString<TResult, TVariables>
  extends String
  implements DocumentTypeDecoration<TResult, TVariables>
{
  __apiType?: NonNullable<DocumentTypeDecoration<TResult, TVariables>['__apiType']>;
  private value: string;
  public __meta__?: Record<string, any> | undefined;

  constructor(value: string, __meta__?: Record<string, any> | undefined) {
    super(value);
    this.value = value;
    this.__meta__ = __meta__;
  }

  override toString(): string & DocumentTypeDecoration<TResult, TVariables> {
    return this.value;
  }
}
export const BalanceFragmentDoc = new TypedDocumentString(`
    fragment Balance on CreditBalance {
  allocated
  used
  held
  remaining
  available
}
    `, {"fragmentName":"Balance"}) as unknown as TypedDocumentString<BalanceFragment, unknown>;
export const LedgerEntryFragmentDoc = new TypedDocumentString(`
    fragment LedgerEntry on CreditEntry {
  kind
  credits
  heldCredits
  availableAfter
  heldAfter
  job {
    id
  }
}
    `, {"fragmentName":"LedgerEntry"}) as unknown as TypedDocumentString<LedgerEntryFragment, unknown>;
export const SettledCallFragmentDoc = new TypedDocumentString(`
    fragment SettledCall on LlmCall {
  id
  status
  error {
    code
    message
  }
  job {
    id
  }
  modelGroup
  purpose
  model
  provider
  content
  usage {
    promptTokens
    completionTokens
    totalTokens
  }
  latencyMs
  costUsd
  costSource
}
    `, {"fragmentName":"SettledCall"}) as unknown as TypedDocumentString<SettledCallFragment, unknown>;
export const CallEventFragmentDoc = new TypedDocumentString(`
    fragment CallEvent on LlmCallEvent {
  __typename
  callId
  sequence
  ... on LlmCallStarted {
    model
  }
  ... on LlmCallDelta {
    content
  }
  ... on LlmCallSnapshot {
    content
  }
  ... on LlmCallModelSwitched {
    fromModel
    toModel
    reason
    discard
  }
  ... on LlmCallFinished {
    call {
      ...SettledCall
    }
  }
}
    fragment SettledCall on LlmCall {
  id
  status
  error {
    code
    message
  }
  job {
    id
  }
  modelGroup
  purpose
  model
  provider
  content
  usage {
    promptTokens
    completionTokens
    totalTokens
  }
  latencyMs
  costUsd
  costSource
}`, {"fragmentName":"CallEvent"}) as unknown as TypedDocumentString<CallEventFragment, unknown>;
export const CostsFragmentDoc = new TypedDocumentString(`
    fragment Costs on CostSummary {
  totalCalls
  successfulCalls
  failedCalls
  cancelledCalls
  runningCalls
  promptTokens
  completionTokens
  totalTokens
  totalCostUsd
  unpricedCalls
  avgLatencyMs
  creditApplied
  creditsRemaining
}
    `, {"fragmentName":"Costs"}) as unknown as TypedDocumentString<CostsFragment, unknown>;
export const CreateOrganizationDocument = new TypedDocumentString(`
    mutation createOrganization($input: CreateOrganizationInput!) {
  createOrganization(input: $input) {
    id
    name
    metadata
    status
  }
}
    `) as unknown as TypedDocumentString<CreateOrganizationMutation, CreateOrganizationMutationVariables>;
export const CreateModelGroupDocument = new TypedDocumentString(`
    mutation createModelGroup($input: CreateModelGroupInput!) {
  createModelGroup(input: $input) {
    name
    displayName
    description
    models {
      name
      priority
    }
  }
}
    `) as unknown as TypedDocumentString<CreateModelGroupMutation, CreateModelGroupMutationVariables>;
export const CreateTeamDocument = new TypedDocumentString(`
    mutation createTeam($input: CreateTeamInput!) {
  createTeam(input: $input) {
    virtualKey
    key {
      prefix
      status
    }
    team {
      id
      alias
      organization {
        id
      }
      modelGroups {
        name
      }
      credits {
        ...Balance
      }
    }
  }
}
    fragment Balance on CreditBalance {
  allocated
  used
  held
  remaining
  available
}`) as unknown as TypedDocumentString<CreateTeamMutation, CreateTeamMutationVariables>;
export const TeamDocument = new TypedDocumentString(`
    query team($id: ID!) {
  team(id: $id) {
    id
    credits {
      ...Balance
    }
    creditEntries(first: 100) {
      totalCount
      nodes {
        ...LedgerEntry
      }
    }
  }
}
    fragment Balance on CreditBalance {
  allocated
  used
  held
  remaining
  available
}
fragment LedgerEntry on CreditEntry {
  kind
  credits
  heldCredits
  availableAfter
  heldAfter
  job {
    id
  }
}`) as unknown as TypedDocumentString<TeamQuery, TeamQueryVariables>;
export const CreateJobDocument = new TypedDocumentString(`
    mutation createJob($input: CreateJobInput!) {
  createJob(input: $input) {
    id
    status
    jobType
    metadata
    team {
      id
      credits {
        ...Balance
      }
    }
  }
}
    fragment Balance on CreditBalance {
  allocated
  used
  held
  remaining
  available
}`) as unknown as TypedDocumentString<CreateJobMutation, CreateJobMutationVariables>;
export const RunLlmCallDocument = new TypedDocumentString(`
    mutation runLlmCall($input: LlmCallInput!) {
  runLlmCall(input: $input) {
    ...SettledCall
  }
}
    fragment SettledCall on LlmCall {
  id
  status
  error {
    code
    message
  }
  job {
    id
  }
  modelGroup
  purpose
  model
  provider
  content
  usage {
    promptTokens
    completionTokens
    totalTokens
  }
  latencyMs
  costUsd
  costSource
}`) as unknown as TypedDocumentString<RunLlmCallMutation, RunLlmCallMutationVariables>;
export const StreamLlmCallDocument = new TypedDocumentString(`
    subscription streamLlmCall($input: LlmCallInput!) {
  streamLlmCall(input: $input) {
    ...CallEvent
  }
}
    fragment SettledCall on LlmCall {
  id
  status
  error {
    code
    message
  }
  job {
    id
  }
  modelGroup
  purpose
  model
  provider
  content
  usage {
    promptTokens
    completionTokens
    totalTokens
  }
  latencyMs
  costUsd
  costSource
}
fragment CallEvent on LlmCallEvent {
  __typename
  callId
  sequence
  ... on LlmCallStarted {
    model
  }
  ... on LlmCallDelta {
    content
  }
  ... on LlmCallSnapshot {
    content
  }
  ... on LlmCallModelSwitched {
    fromModel
    toModel
    reason
    discard
  }
  ... on LlmCallFinished {
    call {
      ...SettledCall
    }
  }
}`) as unknown as TypedDocumentString<StreamLlmCallSubscription, StreamLlmCallSubscriptionVariables>;
export const JobDocument = new TypedDocumentString(`
    query job($id: ID!) {
  job(id: $id) {
    id
    status
    llmCalls(first: 100) {
      totalCount
      nodes {
        id
      }
    }
  }
}
    `) as unknown as TypedDocumentString<JobQuery, JobQueryVariables>;
export const CompleteJobDocument = new TypedDocumentString(`
    mutation completeJob($input: CompleteJobInput!) {
  completeJob(input: $input) {
    job {
      id
      status
      completedAt
    }
    costs {
      ...Costs
    }
  }
}
    fragment Costs on CostSummary {
  totalCalls
  successfulCalls
  failedCalls
  cancelledCalls
  runningCalls
  promptTokens
  completionTokens
  totalTokens
  totalCostUsd
  unpricedCalls
  avgLatencyMs
  creditApplied
  creditsRemaining
}`) as unknown as TypedDocumentString<CompleteJobMutation, CompleteJobMutationVariables>;