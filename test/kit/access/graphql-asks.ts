import { STREAM } from "../clients/ws.js";
import { CREATE_KEY } from "../credentials.js";
import { COMPLETE_JOB, CREATE_JOB, name, RUN_LLM_CALL, START_LLM_CALL } from "../world.js";
import type { GraphqlOperation } from "./access-table.js";
import type { Target } from "./target.js";

type Ask = readonly [document: string, variables?: (target: Target) => Record<string, unknown>];

const id = (type: string, field: string, of: (target: Target) => string, selection = "{ __typename }"): Ask => [
  `${type} ($id: ID!) { ${field} ${selection} }`,
  (target) => ({ id: of(target) }),
];
const input = (
  field: string,
  type: string,
  of: (target: Target) => Record<string, unknown>,
  selection = "{ __typename }",
): Ask => [`mutation ($input: ${type}!) { ${field}(input: $input) ${selection} }`, (target) => ({ input: of(target) })];

const organization = (target: Target) => target.organization;
const spareOrganization = (target: Target) => target.spareOrganization;
const team = (target: Target) => target.team;
const job = (target: Target) => target.job;
const call = (target: Target) => target.call;
const webhook = (target: Target) => target.webhook;
/** Nothing is sent there: the name stands for no address. */
const HOOK = { url: "https://receiver.invalid/hook", events: ["JOB_CANCELLED"] };
const question = (target: Target) => ({
  input: { jobId: target.job, modelGroup: target.group, messages: [{ role: "USER", content: "Hello" }] },
});
const USD = { inputUsdPerMillionTokens: "1", outputUsdPerMillionTokens: "1" };
const DAY_MS = 86_400_000;
const TODAY = `from: "${new Date(Date.now() - DAY_MS).toISOString()}", to: "${new Date(Date.now() + DAY_MS).toISOString()}"`;
/** A report of what was used today. */
const USED = `usage(input: { ${TODAY},
  groupBy: [ORGANIZATION, TEAM] }) { rows { organizationId teamId figures { calls } } }`;

/** A valid request for each row of the table. */
export const GRAPHQL_ASKS: Readonly<Record<GraphqlOperation, Ask>> = {
  "query viewer": ["query { viewer { __typename } }"],
  "query organization": id("query", "organization(id: $id)", organization, "{ id name teams { totalCount } }"),
  "query organization (status, metadata, credits, createdAt, updatedAt)": id(
    "query",
    "organization(id: $id)",
    organization,
    "{ metadata }",
  ),
  "query organization (auditEntries)": id(
    "query",
    "organization(id: $id)",
    organization,
    "{ auditEntries(first: 100) { totalCount nodes { operation subjectId before after } } }",
  ),
  "query organization (keys)": id("query", "organization(id: $id)", organization, "{ keys { id name prefix status } }"),
  "query organization (virtualKeys)": id(
    "query",
    "organization(id: $id)",
    organization,
    "{ virtualKeys(first: 100) { totalCount nodes { id name team { id } modelGroups { name } } } }",
  ),
  "query organizations": ["query { organizations(first: 100) { totalCount nodes { id } } }"],
  "query team": id(
    "query",
    "team(id: $id)",
    team,
    "{ id credits { available } virtualKeys { id } jobs { nodes { id } } }",
  ),
  "query teams": ["query { teams(first: 100) { totalCount nodes { id virtualKeys { id } } } }"],
  "query teams (of the organization)": id(
    "query",
    "teams(first: 100, organizationId: $id)",
    organization,
    "{ nodes { id } }",
  ),
  "query modelGroup": id("query", "modelGroup(name: $id)", ({ group }) => group, "{ name models { name } }"),
  "query modelGroups": ["query { modelGroups(first: 100) { totalCount nodes { name } } }"],
  "query modelPrices": ["query { modelPrices { nodes { model } } }"],
  "query modelCircuits": ["query { modelCircuits { model } }"],
  "query system": ["query { system { version } }"],
  "query job": id("query", "job(id: $id)", job, "{ id team { id } key { id } llmCalls { nodes { id } } }"),
  "query jobs": ["query { jobs(first: 100) { totalCount nodes { id team { id } llmCalls { nodes { id } } } } }"],
  "query jobs (of the team)": id("query", "jobs(teamId: $id)", team, "{ totalCount nodes { id } }"),
  "query llmCall": id("query", "llmCall(id: $id)", call, "{ id content team { id } key { id } }"),
  "query node": id("query", "node(id: $id)", job, "{ id ... on Job { jobType team { id } } }"),
  "query nodes": [
    "query ($ids: [ID!]!) { nodes(ids: $ids) { id } }",
    (target) => ({ ids: [target.job, target.call, target.team] }),
  ],
  "query streamToken": id("query", "streamToken(callId: $id)", call, "{ expiresAt }"),
  "query llmCalls": ["query { llmCalls(first: 100) { totalCount nodes { id team { id } job { id } } } }"],
  "query llmCallErrors": [
    `query { llmCallErrors(input: { ${TODAY} }) { countedCalls groups { errorCode model lastCall { id team { id } } } } }`,
  ],
  "query ledgerAudit": id("query", "ledgerAudit(teamId: $id)", team, "{ isSound }"),
  "query auditEntries": ["query { auditEntries { totalCount nodes { operation subjectId before after } } }"],
  "query auditCheck": ["query { auditCheck { isSound lastSequence } }"],
  "query ledgerTotals": ["{ ledgerTotals { isBalanced } }", () => ({})],
  "query usage": [`query { ${USED} }`],
  "query usage (of the team)": id("query", "team(id: $id)", team, `{ ${USED} }`),
  "query usage (of the organization)": id("query", "organization(id: $id)", organization, `{ ${USED} }`),
  "query webhooks": [
    "query { webhooks(first: 100) { totalCount nodes { id url deliveries { nodes { id payload } } } } }",
  ],
  "query webhook": id(
    "query",
    "webhook(id: $id)",
    webhook,
    "{ id url organizationId deliveries { nodes { id payload } } }",
  ),
  "mutation createWebhook (of an organization)": input("createWebhook", "CreateWebhookInput", (target) => ({
    ...HOOK,
    organizationId: target.organization,
  })),
  "mutation createWebhook (of a team)": input("createWebhook", "CreateWebhookInput", (target) => ({
    ...HOOK,
    teamId: target.team,
  })),
  "mutation updateWebhook": input("updateWebhook", "UpdateWebhookInput", (target) => ({
    id: target.webhook,
    events: ["JOB_FAILED"],
  })),
  "mutation rotateWebhookSecret": id("mutation", "rotateWebhookSecret(id: $id)", webhook),
  "mutation testWebhook": id("mutation", "testWebhook(id: $id)", webhook),
  "mutation replayWebhookDelivery": id("mutation", "replayWebhookDelivery(id: $id)", ({ delivery }) => delivery),
  "mutation deleteWebhook": id("mutation", "deleteWebhook(id: $id)", webhook, ""),
  "mutation createOrganization": input("createOrganization", "CreateOrganizationInput", () => ({
    id: name("org"),
    name: "New",
  })),
  "mutation updateOrganization": input("updateOrganization", "UpdateOrganizationInput", (target) => ({
    id: target.organization,
    metadata: { seen: true },
  })),
  "mutation suspendOrganization": id("mutation", "suspendOrganization(id: $id)", spareOrganization),
  "mutation resumeOrganization": id("mutation", "resumeOrganization(id: $id)", spareOrganization),
  "mutation deleteOrganization": id("mutation", "deleteOrganization(id: $id)", spareOrganization),
  "mutation createOrganizationKey": input("createOrganizationKey", "CreateOrganizationKeyInput", (target) => ({
    organizationId: target.organization,
  })),
  "mutation revokeOrganizationKey": id(
    "mutation",
    "revokeOrganizationKey(id: $id)",
    (target) => target.organizationKey,
  ),
  "mutation createModelGroup": input("createModelGroup", "CreateModelGroupInput", () => ({
    name: name("Group"),
    models: [{ name: "gpt-4o" }],
  })),
  "mutation updateModelGroup": input("updateModelGroup", "UpdateModelGroupInput", ({ group }) => ({
    name: group,
    displayName: "New",
  })),
  "mutation deleteModelGroup": id("mutation", "deleteModelGroup(name: $id)", ({ freeGroup }) => freeGroup, ""),
  "mutation setModelPrice": input("setModelPrice", "SetModelPriceInput", ({ model }) => ({ model, ...USD })),
  "mutation removeModelPrice": [
    "mutation ($model: String!) { removeModelPrice(model: $model) { model } }",
    ({ model }) => ({ model }),
  ],
  "mutation createTeam": input("createTeam", "CreateTeamInput", (target) => ({
    id: name("team"),
    organizationId: target.organization,
  })),
  "mutation setTeamModelGroups": input("setTeamModelGroups", "SetTeamModelGroupsInput", (target) => ({
    teamId: target.team,
    modelGroups: [],
  })),
  "mutation updateTeam": input("updateTeam", "UpdateTeamInput", (target) => ({
    id: target.team,
    limits: { requestsPerMinute: 1_000 },
  })),
  "mutation resetTeamCounters": id("mutation", "resetTeamCounters(id: $id)", team),
  "mutation suspendTeam": id("mutation", "suspendTeam(id: $id)", team),
  "mutation resumeTeam": id("mutation", "resumeTeam(id: $id)", team),
  "mutation deleteTeam": id("mutation", "deleteTeam(id: $id)", team),
  "mutation createVirtualKey": [CREATE_KEY, (target) => ({ input: { teamId: target.team } })],
  "mutation updateVirtualKey": input("updateVirtualKey", "UpdateVirtualKeyInput", (target) => ({
    id: target.key,
    limits: { requestsPerMinute: 1_000 },
  })),
  "mutation resetVirtualKeyCounters": id("mutation", "resetVirtualKeyCounters(id: $id)", ({ key }) => key),
  "mutation revokeVirtualKey": id("mutation", "revokeVirtualKey(id: $id)", ({ key }) => key),
  "mutation rotateVirtualKey (of the key that asks)": id(
    "mutation",
    "rotateVirtualKey(id: $id)",
    ({ ownKey }) => ownKey,
  ),
  "mutation rotateVirtualKey (of another key)": id("mutation", "rotateVirtualKey(id: $id)", ({ key }) => key),
  "mutation addCredits": input("addCredits", "AddCreditsInput", (target) => ({ teamId: target.team, credits: 1 })),
  "mutation adjustCredits": input("adjustCredits", "AdjustCreditsInput", (target) => ({
    teamId: target.team,
    credits: -1,
    reason: "Test.",
  })),
  "mutation grantOrganizationCredits": input("grantOrganizationCredits", "GrantOrganizationCreditsInput", (target) => ({
    organizationId: target.organization,
    credits: 1,
  })),
  "mutation transferCredits": [
    "mutation ($input: TransferCreditsInput!) { transferCredits(input: $input) { fromTeam { id } } }",
    (target) => ({
      input: { fromTeamId: target.team, toOrganizationId: target.organization, credits: 1, reason: "Test." },
    }),
  ],
  "mutation createJob": [CREATE_JOB, (target) => ({ input: { jobType: "test", teamId: target.team } })],
  "mutation updateJobMetadata": [
    "mutation ($id: ID!) { updateJobMetadata(jobId: $id, metadata: { a: 1 }) { id } }",
    (target) => ({ id: target.job }),
  ],
  "mutation completeJob (COMPLETED)": [COMPLETE_JOB, (target) => ({ input: { jobId: target.job } })],
  "mutation completeJob (FAILED, CANCELLED)": [
    COMPLETE_JOB,
    (target) => ({ input: { jobId: target.job, status: "FAILED" } }),
  ],
  "mutation runLlmCall": [RUN_LLM_CALL, question],
  "mutation startLlmCall": [START_LLM_CALL, question],
  "mutation embed": [
    "mutation ($input: EmbedInput!) { embed(input: $input) { call { id } } }",
    ({ group, job: jobId }) => ({ input: { jobId, modelGroup: group, texts: ["a tollgate"] } }),
  ],
  "mutation cancelLlmCall": id("mutation", "cancelLlmCall(id: $id)", call),
  "subscription streamLlmCall": [STREAM, question],
  "subscription llmCallEvents": id("subscription", "llmCallEvents(callId: $id)", call, "{ callId }"),
  "subscription jobUpdated": id("subscription", "jobUpdated(jobId: $id)", job, "{ id }"),
};
