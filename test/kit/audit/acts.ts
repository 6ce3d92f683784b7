import { CREATE_KEY } from "../credentials.js";
import type { Gateway } from "../gateway/gateway.js";
import { CREATE_ORGANIZATION_KEY, name, START_LLM_CALL } from "../world.js";

/** What an act is tried on. */
export type Stage = Awaited<ReturnType<typeof newStage>>;

export async function newStage({ world, admin }: Gateway, model: string) {
  const organization = await world.organization();
  const group = await world.modelGroup([model]);
  const team = await organization.team({ groups: [group], credits: 10 });
  const other = await organization.team({ groups: [group], credits: 10 });
  const free = await world.modelGroup();
  const organizationKey = await world.organizationKey(organization.id);
  const { createVirtualKey } = await admin.data(CREATE_KEY, { input: { teamId: team.id } });
  const priced = name("model");
  await admin.data(SET_PRICE, { input: price(priced, "1") });
  const empty = await world.organization();
  const job = await team.job();
  const { startLlmCall: call } = await team.client.data(START_LLM_CALL, { input: job.callInput() });
  const keyId: string = createVirtualKey.key.id;
  const ids = { group, free, priced, keyId, callId: call.id as string, jobId: (await team.job()).id };
  return { organization, empty, team, other, organizationKey, ...ids };
}

const SET_PRICE = "mutation ($input: SetModelPriceInput!) { setModelPrice(input: $input) { model } }";
const price = (model: string, usd: string) => ({
  model,
  inputUsdPerMillionTokens: usd,
  outputUsdPerMillionTokens: usd,
});

/** An act on a stage, and what its line must say. */
export interface TriedAct {
  readonly query: string;
  variables(stage: Stage): Record<string, unknown>;
  /** Undefined means that it is new, and gets its id from the answer. */
  subject(stage: Stage): string | undefined;
  /** Null if it is for the admin alone. */
  organization(stage: Stage): string | null;
  readonly type: string;
  readonly before?: unknown;
  readonly after?: unknown;
  /** Whether sending the same again changes nothing. */
  readonly isRepeatable?: true;
}

const ofInput = (operation: string, type: string, selection = "{ __typename }") =>
  `mutation ($input: ${type}!) { ${operation}(input: $input) ${selection} }`;
const ofId = (operation: string, selection = "{ __typename }") =>
  `mutation ($id: ID!) { ${operation}(id: $id) ${selection} }`;

const own = ({ organization }: Stage) => organization.id;
const nobody = () => null;
const ofOrganization = { type: "Organization", subject: own, organization: own };
const ofEmpty = {
  type: "Organization",
  subject: ({ empty }: Stage) => empty.id,
  organization: ({ empty }: Stage) => empty.id,
};
const ofTeam = { type: "Team", subject: ({ team }: Stage) => team.id, organization: own };
const ofKey = { type: "VirtualKey", subject: ({ keyId }: Stage) => keyId, organization: own };
const isNew = () => undefined;
const teamId = ({ team }: Stage) => ({ id: team.id });
const emptyId = ({ empty }: Stage) => ({ id: empty.id });
const keyId = (stage: Stage) => ({ id: stage.keyId });

/** One valid request for each recorded operation, in an order in which each finds what it needs. */
export const TRIED_ACTS: Readonly<Record<string, TriedAct>> = {
  createOrganization: {
    query: ofInput("createOrganization", "CreateOrganizationInput"),
    variables: ({ organization }) => ({ input: { id: `${organization.id}-2`, name: "New", metadata: { a: 1 } } }),
    type: "Organization",
    subject: ({ organization }) => `${organization.id}-2`,
    organization: ({ organization }) => `${organization.id}-2`,
    before: null,
    after: { name: "New", status: "ACTIVE", metadata: { a: 1 } },
  },
  updateOrganization: {
    ...ofOrganization,
    query: ofInput("updateOrganization", "UpdateOrganizationInput"),
    variables: ({ organization }) => ({ input: { id: organization.id, metadata: { a: 1 } } }),
    before: { metadata: {} },
    after: { metadata: { a: 1 } },
    isRepeatable: true,
  },
  createOrganizationKey: {
    query: CREATE_ORGANIZATION_KEY,
    variables: ({ organization }) => ({ input: { organizationId: organization.id, name: "Billing" } }),
    type: "OrganizationKey",
    subject: isNew,
    organization: own,
    before: null,
  },
  createModelGroup: {
    query: ofInput("createModelGroup", "CreateModelGroupInput"),
    variables: ({ group }) => ({
      input: {
        name: `${group}-2`,
        models: [
          { name: "b", priority: 1 },
          { name: "a", priority: 0 },
        ],
      },
    }),
    type: "ModelGroup",
    subject: ({ group }) => `${group}-2`,
    organization: nobody,
    before: null,
  },
  updateModelGroup: {
    query: ofInput("updateModelGroup", "UpdateModelGroupInput"),
    variables: ({ free }) => ({
      input: { name: free, models: [{ name: "other", priority: 0 }], maxOutputTokens: 100 },
    }),
    type: "ModelGroup",
    subject: ({ free }) => free,
    organization: nobody,
    before: { models: [{ name: "gpt-4o-mini", priority: 0 }], maxOutputTokens: null },
    after: { models: [{ name: "other", priority: 0 }], maxOutputTokens: 100 },
    isRepeatable: true,
  },
  deleteModelGroup: {
    query: "mutation ($name: ID!) { deleteModelGroup(name: $name) }",
    variables: ({ free }) => ({ name: free }),
    type: "ModelGroup",
    subject: ({ free }) => free,
    organization: nobody,
    after: null,
  },
  setModelPrice: {
    query: SET_PRICE,
    variables: ({ priced }) => ({ input: price(priced, "2.5") }),
    type: "ModelPrice",
    subject: ({ priced }) => priced,
    organization: nobody,
    before: { inputUsdPerMillionTokens: "1", outputUsdPerMillionTokens: "1" },
    after: { inputUsdPerMillionTokens: "2.5", outputUsdPerMillionTokens: "2.5" },
    isRepeatable: true,
  },
  removeModelPrice: {
    query: "mutation ($model: String!) { removeModelPrice(model: $model) { model } }",
    variables: ({ priced }) => ({ model: priced }),
    type: "ModelPrice",
    subject: ({ priced }) => priced,
    organization: nobody,
    after: null,
  },
  createTeam: {
    query: ofInput("createTeam", "CreateTeamInput"),
    variables: ({ organization, team }) => ({
      input: { id: `${team.id}-2`, organizationId: organization.id, creditsAllocated: 3 },
    }),
    type: "Team",
    subject: ({ team }) => `${team.id}-2`,
    organization: own,
    before: null,
  },
  updateTeam: {
    ...ofTeam,
    query: ofInput("updateTeam", "UpdateTeamInput"),
    variables: ({ team }) => ({ input: { id: team.id, alias: "Support", limits: { requestsPerMinute: 60 } } }),
    after: { alias: "Support", limits: { requestsPerMinute: 60 } },
    isRepeatable: true,
  },
  setTeamModelGroups: {
    ...ofTeam,
    query: ofInput("setTeamModelGroups", "SetTeamModelGroupsInput"),
    variables: ({ team }) => ({ input: { teamId: team.id, modelGroups: [] } }),
    after: { modelGroups: [] },
    isRepeatable: true,
  },
  resetTeamCounters: { ...ofTeam, query: ofId("resetTeamCounters"), variables: teamId },
  createVirtualKey: {
    query: CREATE_KEY,
    variables: ({ team }) => ({ input: { teamId: team.id, name: "CI" } }),
    type: "VirtualKey",
    subject: isNew,
    organization: own,
    before: null,
  },
  updateVirtualKey: {
    ...ofKey,
    query: ofInput("updateVirtualKey", "UpdateVirtualKeyInput"),
    variables: (stage) => ({ input: { id: stage.keyId, name: "CI", jobAllowance: { jobs: 5, period: "MONTH" } } }),
    before: { name: null, jobAllowance: null },
    after: { name: "CI", jobAllowance: { jobs: 5, period: "MONTH", isEnforced: true, override: null } },
    isRepeatable: true,
  },
  rotateVirtualKey: { ...ofKey, query: ofId("rotateVirtualKey"), variables: keyId },
  resetVirtualKeyCounters: { ...ofKey, query: ofId("resetVirtualKeyCounters"), variables: keyId },
  revokeVirtualKey: { ...ofKey, query: ofId("revokeVirtualKey"), variables: keyId, isRepeatable: true },
  addCredits: {
    ...ofTeam,
    query: ofInput("addCredits", "AddCreditsInput"),
    variables: ({ team }) => ({ input: { teamId: team.id, credits: 5, reason: "Invoice 1", idempotencyKey: team.id } }),
    isRepeatable: true,
  },
  adjustCredits: {
    ...ofTeam,
    query: ofInput("adjustCredits", "AdjustCreditsInput"),
    variables: ({ team }) => ({ input: { teamId: team.id, credits: -2, reason: "Mistake", idempotencyKey: team.id } }),
    isRepeatable: true,
  },
  grantOrganizationCredits: {
    ...ofOrganization,
    query: ofInput("grantOrganizationCredits", "GrantOrganizationCreditsInput"),
    variables: ({ organization: { id } }) => ({ input: { organizationId: id, credits: 50, idempotencyKey: id } }),
    before: { credits: { allocated: 0, available: 0 } },
    isRepeatable: true,
  },
  transferCredits: {
    ...ofTeam,
    query: ofInput("transferCredits", "TransferCreditsInput"),
    variables: ({ team, other }) => ({
      input: { fromTeamId: team.id, toTeamId: other.id, credits: 1, reason: "Share", idempotencyKey: team.id },
    }),
    isRepeatable: true,
  },
  cancelLlmCall: {
    query: ofId("cancelLlmCall"),
    variables: ({ callId }) => ({ id: callId }),
    type: "LlmCall",
    subject: ({ callId }) => callId,
    organization: own,
    before: { status: "RUNNING" },
    after: { status: "CANCELLED" },
    isRepeatable: true,
  },
  completeJob: {
    query: ofInput("completeJob", "CompleteJobInput", "{ job { id } }"),
    variables: ({ jobId }) => ({ input: { jobId, status: "FAILED", errorMessage: "It hangs." } }),
    type: "Job",
    subject: ({ jobId }) => jobId,
    organization: own,
    before: { status: "PENDING", errorMessage: null },
    after: { status: "FAILED", errorMessage: "It hangs." },
    isRepeatable: true,
  },
  suspendTeam: {
    ...ofTeam,
    query: ofId("suspendTeam"),
    variables: teamId,
    before: { status: "ACTIVE", suspendedBy: null },
    after: { status: "SUSPENDED", suspendedBy: "admin" },
    isRepeatable: true,
  },
  resumeTeam: {
    ...ofTeam,
    query: ofId("resumeTeam"),
    variables: teamId,
    before: { status: "SUSPENDED", suspendedBy: "admin" },
    after: { status: "ACTIVE", suspendedBy: null },
    isRepeatable: true,
  },
  deleteTeam: {
    ...ofTeam,
    query: ofId("deleteTeam"),
    variables: teamId,
    before: { status: "ACTIVE" },
    after: { status: "DELETED" },
    isRepeatable: true,
  },
  revokeOrganizationKey: {
    query: ofId("revokeOrganizationKey"),
    variables: ({ organizationKey }) => ({ id: organizationKey.id }),
    type: "OrganizationKey",
    subject: ({ organizationKey }) => organizationKey.id,
    organization: own,
    before: { revokedAt: null },
    isRepeatable: true,
  },
  suspendOrganization: {
    ...ofEmpty,
    query: ofId("suspendOrganization"),
    variables: emptyId,
    before: { status: "ACTIVE" },
    after: { status: "SUSPENDED" },
    isRepeatable: true,
  },
  resumeOrganization: {
    ...ofEmpty,
    query: ofId("resumeOrganization"),
    variables: emptyId,
    before: { status: "SUSPENDED" },
    after: { status: "ACTIVE" },
    isRepeatable: true,
  },
  deleteOrganization: {
    ...ofEmpty,
    query: ofId("deleteOrganization"),
    variables: emptyId,
    before: { status: "ACTIVE" },
    after: { status: "DELETED" },
    isRepeatable: true,
  },
};
