import { randomBytes } from "node:crypto";
import type { GraphqlClient } from "./clients/graphql.js";

/** All that the world needs of a client: the data of an operation that must succeed in full. */
type Client = Pick<GraphqlClient, "data">;
type ClientOf<C> = (credential: string) => C;

/** Builds what a test needs through the front door, each thing offering the next: organization, team, job, call. */
export class World<C extends Client = GraphqlClient> {
  constructor(
    private readonly admin: C,
    private readonly clientOf: ClientOf<C>,
  ) {}

  async organization(id = name("org")): Promise<TestOrganization<C>> {
    await this.admin.data(
      `mutation ($id: ID!) { createOrganization(input: { id: $id, name: "Organization" }) { id } }`,
      { id },
    );
    return new TestOrganization(id, this.admin, this.clientOf, this);
  }

  /** Its models are tried in the given order. */
  async modelGroup(models: string[] = ["gpt-4o-mini"], group = name("Group")): Promise<string> {
    const input = { name: group, models: models.map((model, priority) => ({ name: model, priority })) };
    await this.admin.data(`mutation ($input: CreateModelGroupInput!) { createModelGroup(input: $input) { id } }`, {
      input,
    });
    return group;
  }

  /** A key of an organization. */
  async organizationKey(organizationId: string, more: { name?: string; expiresAt?: string } = {}): Promise<TestKey<C>> {
    const { createOrganizationKey } = await this.admin.data(CREATE_ORGANIZATION_KEY, {
      input: { organizationId, ...more },
    });
    const { secret, key } = createOrganizationKey;
    return { id: key.id, secret, client: this.clientOf(secret) };
  }

  /** A team of an organization of its own. */
  async team(options: TeamOptions = {}): Promise<TestTeam<C>> {
    return (await this.organization()).team(options);
  }
}

export interface TestKey<C extends Client = GraphqlClient> {
  readonly id: string;
  readonly secret: string;
  readonly client: C;
}

interface TeamOptions {
  readonly id?: string;
  readonly credits?: number;
  /** One model group with these models, unless `groups` names others. */
  readonly models?: string[];
  readonly groups?: string[];
  /** A BillingInput. */
  readonly billing?: object;
  /** A LimitsInput. */
  readonly limits?: object;
}

class TestOrganization<C extends Client> {
  constructor(
    readonly id: string,
    private readonly admin: C,
    private readonly clientOf: ClientOf<C>,
    private readonly world: World<C>,
  ) {}

  async team({
    id = name("team"),
    credits = 10,
    models,
    groups,
    billing,
    limits,
  }: TeamOptions = {}): Promise<TestTeam<C>> {
    const modelGroups = groups ?? [await this.world.modelGroup(models)];
    const input = { id, organizationId: this.id, creditsAllocated: credits, modelGroups, billing, limits };
    const { createTeam } = await this.admin.data(
      `mutation ($input: CreateTeamInput!) { createTeam(input: $input) { virtualKey key { id } } }`,
      { input },
    );
    return new TestTeam(
      id,
      this.id,
      modelGroups[0] ?? "",
      createTeam.virtualKey,
      createTeam.key.id,
      this.clientOf(createTeam.virtualKey),
    );
  }
}

export class TestTeam<C extends Client = GraphqlClient> {
  constructor(
    readonly id: string,
    readonly organizationId: string,
    readonly modelGroup: string,
    readonly secret: string,
    readonly keyId: string,
    readonly client: C,
  ) {}

  /** The same team as another gateway's client sees it. */
  on(clientOf: ClientOf<C>): TestTeam<C> {
    return new TestTeam(this.id, this.organizationId, this.modelGroup, this.secret, this.keyId, clientOf(this.secret));
  }

  async job(jobType = "test", limits: object = {}): Promise<TestJob<C>> {
    const { createJob } = await this.client.data(CREATE_JOB, { input: { jobType, ...limits } });
    return new TestJob(createJob.id, this);
  }

  async credits(): Promise<{ allocated: number; used: number; held: number; remaining: number; available: number }> {
    const { team } = await this.client.data(
      `query ($id: ID!) { team(id: $id) { credits { allocated used held remaining available } } }`,
      { id: this.id },
    );
    return team.credits;
  }
}

export class TestJob<C extends Client = GraphqlClient> {
  constructor(
    readonly id: string,
    readonly team: TestTeam<C>,
  ) {}

  /** A call that must be admitted, as it stands when it is settled. */
  async call(input: Record<string, unknown> = {}) {
    const { runLlmCall } = await this.team.client.data(RUN_LLM_CALL, { input: this.callInput(input) });
    return runLlmCall;
  }

  callInput(input: Record<string, unknown> = {}) {
    return {
      jobId: this.id,
      modelGroup: this.team.modelGroup,
      messages: [{ role: "USER", content: "What is a tollgate?" }],
      ...input,
    };
  }

  async complete(input: Record<string, unknown> = {}) {
    const { completeJob } = await this.team.client.data(COMPLETE_JOB, { input: { jobId: this.id, ...input } });
    return completeJob;
  }

  async read() {
    const { job } = await this.team.client.data(`query ($id: ID!) { job(id: $id) { ${JOB_FIELDS} } }`, { id: this.id });
    return job;
  }
}

/** A name that no other test has. */
export const name = (kind: string): string => `${kind}-${randomBytes(4).toString("hex")}`;

const COSTS_FIELDS = `totalCalls successfulCalls failedCalls cancelledCalls runningCalls promptTokens completionTokens totalTokens
  totalCostUsd failedAttemptsCostUsd avgLatencyMs creditApplied creditsRemaining estimatedCalls unknownUsageCalls unpricedCalls partlyUnpricedCalls`;
const JOB_FIELDS = `id jobType status metadata errorMessage createdAt startedAt completedAt expiresAt costs { ${COSTS_FIELDS} }`;

const CALL_FIELDS = `id status purpose modelGroup model provider content toolCalls { id name arguments } finishReason metadata
  usage { promptTokens completionTokens totalTokens cachedPromptTokens reasoningTokens source }
  costUsd costSource latencyMs timeToFirstTokenMs error { code message } createdAt finishedAt job { id status }`;

export const CREATE_ORGANIZATION_KEY = `mutation ($input: CreateOrganizationKeyInput!) {
  createOrganizationKey(input: $input) { secret key { id name prefix status createdAt expiresAt lastUsedAt } } }`;
export const CREATE_JOB = `mutation ($input: CreateJobInput!) { createJob(input: $input) { ${JOB_FIELDS} } }`;
export const COMPLETE_JOB = `mutation ($input: CompleteJobInput!) { completeJob(input: $input) { job { ${JOB_FIELDS} } costs { ${COSTS_FIELDS} } } }`;
export const RUN_LLM_CALL = `mutation ($input: LlmCallInput!) { runLlmCall(input: $input) { ${CALL_FIELDS} } }`;
export const START_LLM_CALL = `mutation ($input: LlmCallInput!) { startLlmCall(input: $input) { ${CALL_FIELDS} } }`;
export const CANCEL_LLM_CALL = `mutation ($id: ID!) { cancelLlmCall(id: $id) { ${CALL_FIELDS} } }`;
export const LLM_CALL = `query ($id: ID!) { llmCall(id: $id) { ${CALL_FIELDS} } }`;
