import type {
  CallEvent,
  CallInput,
  JobCompletion,
  JobInput,
  JobWithCalls,
  LlmCall,
  NewJob,
} from "../demo/job-shapes.js";
import type { ModelGroup, NewTeam, Organization, OrganizationInput, TeamAccount, TeamInput } from "../demo/shapes.js";

/** A GraphQL document of one root field, with the types of what goes in and what comes out. */
export interface Operation<Result, Variables> {
  /** The root field, which is also the operation's name. */
  readonly field: string;
  readonly document: string;
  /** Never there: it ties the two types to the document for the compiler. */
  readonly types?: (variables: Variables) => Result;
}

const operation = <Result, Variables>(field: string, document: string): Operation<Result, Variables> => ({
  field,
  document,
});

const CREDITS = "credits { allocated used held remaining available }";

export const createOrganization = operation<Organization, { input: OrganizationInput }>(
  "createOrganization",
  `mutation createOrganization($input: CreateOrganizationInput!) {
    createOrganization(input: $input) { id name metadata status }
  }`,
);

export const createModelGroup = operation<ModelGroup, { input: ModelGroup }>(
  "createModelGroup",
  `mutation createModelGroup($input: CreateModelGroupInput!) {
    createModelGroup(input: $input) { name displayName description models { name priority } }
  }`,
);

export const createTeam = operation<NewTeam, { input: TeamInput }>(
  "createTeam",
  `mutation createTeam($input: CreateTeamInput!) {
    createTeam(input: $input) {
      virtualKey
      key { prefix status }
      team { id alias organization { id } modelGroups { name } ${CREDITS} }
    }
  }`,
);

/** The balance and the ledger that proves it, newest entry first. */
export const getTeam = operation<TeamAccount, { id: string }>(
  "team",
  `query team($id: ID!) {
    team(id: $id) {
      id
      ${CREDITS}
      creditEntries(first: 100) {
        totalCount
        nodes { kind credits heldCredits availableAfter heldAfter job { id } }
      }
    }
  }`,
);

export const createJob = operation<NewJob, { input: JobInput }>(
  "createJob",
  `mutation createJob($input: CreateJobInput!) {
    createJob(input: $input) { id status jobType metadata team { id ${CREDITS} } }
  }`,
);

const SETTLED_CALL = `
      id status error { code message }
      job { id } modelGroup purpose model provider
      content usage { promptTokens completionTokens totalTokens }
      latencyMs costUsd costSource`;

export const runLlmCall = operation<LlmCall, { input: CallInput }>(
  "runLlmCall",
  `mutation runLlmCall($input: LlmCallInput!) {
    runLlmCall(input: $input) {${SETTLED_CALL}
    }
  }`,
);

/** The same call, with its text as it comes, and the settled call at the end. */
export const streamLlmCall = operation<CallEvent, { input: CallInput }>(
  "streamLlmCall",
  `subscription streamLlmCall($input: LlmCallInput!) {
    streamLlmCall(input: $input) {
      __typename callId sequence
      ... on LlmCallStarted { model }
      ... on LlmCallDelta { content }
      ... on LlmCallSnapshot { content }
      ... on LlmCallModelSwitched { fromModel toModel reason discard }
      ... on LlmCallFinished { call {${SETTLED_CALL}
      } }
    }
  }`,
);

export const getJob = operation<JobWithCalls, { id: string }>(
  "job",
  `query job($id: ID!) {
    job(id: $id) { id status llmCalls(first: 100) { totalCount nodes { id } } }
  }`,
);

export const completeJob = operation<JobCompletion, { input: { jobId: string; status: "COMPLETED" } }>(
  "completeJob",
  `mutation completeJob($input: CompleteJobInput!) {
    completeJob(input: $input) {
      job { id status completedAt }
      costs {
        totalCalls successfulCalls failedCalls cancelledCalls runningCalls
        promptTokens completionTokens totalTokens totalCostUsd unpricedCalls
        avgLatencyMs creditApplied creditsRemaining
      }
    }
  }`,
);
