import { newId } from "../../src/lib/ids.js";
import type { GraphqlAnswer } from "./clients/graphql.js";

export const VIEWER = "{ viewer { ... on AdminViewer { name } ... on TeamViewer { team { id } } } }";
export const CREATE_KEY = `mutation ($input: CreateVirtualKeyInput!) {
  createVirtualKey(input: $input) { virtualKey key { id name prefix status expiresAt lastUsedAt } } }`;
export const REVOKE = "mutation ($id: ID!) { revokeVirtualKey(id: $id) { id status } }";
export const REVOKE_ORGANIZATION_KEY = "mutation ($id: ID!) { revokeOrganizationKey(id: $id) { id status } }";
export const SUSPEND = "mutation ($id: ID!) { suspendTeam(id: $id) { status } }";
export const RESUME = "mutation ($id: ID!) { resumeTeam(id: $id) { status } }";

// Every operation, with ids that do not exist: a viewer that may not use the operation is told so before anything is looked up.

/** Mutations that a team may not use. */
export const ADMIN_OPERATIONS = [
  'createOrganization(input: { id: "x", name: "X" }) { id }',
  'updateOrganization(input: { id: "x" }) { id }',
  'suspendOrganization(id: "x") { id }',
  'resumeOrganization(id: "x") { id }',
  'deleteOrganization(id: "x") { id }',
  'createModelGroup(input: { name: "x", models: [{ name: "gpt-4o" }] }) { id }',
  'updateModelGroup(input: { name: "x", displayName: "X" }) { id }',
  'deleteModelGroup(name: "x")',
  'setModelPrice(input: { model: "x", inputUsdPerMillionTokens: "1", outputUsdPerMillionTokens: "1" }) { model }',
  'removeModelPrice(model: "x") { model }',
  'createTeam(input: { id: "x", organizationId: "x" }) { virtualKey }',
  'setTeamModelGroups(input: { teamId: "x", modelGroups: [] }) { id }',
  'createVirtualKey(input: { teamId: "x" }) { virtualKey }',
  `updateVirtualKey(input: { id: "${newId()}" }) { id }`,
  `resetVirtualKeyCounters(id: "${newId()}") { id }`,
  `revokeVirtualKey(id: "${newId()}") { id }`,
  'createOrganizationKey(input: { organizationId: "x" }) { secret }',
  `revokeOrganizationKey(id: "${newId()}") { id }`,
  'updateTeam(input: { id: "x" }) { id }',
  'resetTeamCounters(id: "x") { id }',
  'addCredits(input: { teamId: "x", credits: 1 }) { id }',
  'adjustCredits(input: { teamId: "x", credits: -1, reason: "x" }) { id }',
  'grantOrganizationCredits(input: { organizationId: "x", credits: 1 }) { id }',
  'transferCredits(input: { fromTeamId: "x", toTeamId: "y", credits: 1, reason: "x" }) { toTeam { id } }',
  'suspendTeam(id: "x") { id }',
  'resumeTeam(id: "x") { id }',
  'deleteTeam(id: "x") { id }',
  'createWebhook(input: { url: "https://receiver.invalid/", events: [JOB_FAILED], teamId: "x" }) { secret }',
  `updateWebhook(input: { id: "${newId()}" }) { id }`,
  `deleteWebhook(id: "${newId()}")`,
  `rotateWebhookSecret(id: "${newId()}") { secret }`,
  `testWebhook(id: "${newId()}") { id }`,
  `replayWebhookDelivery(id: "${newId()}") { id }`,
];
/** Mutations that only a team may use. */
export const TEAM_OPERATIONS = [
  'createJob(input: { jobType: "x" }) { id }',
  `updateJobMetadata(jobId: "${newId()}", metadata: {}) { id }`,
  `completeJob(input: { jobId: "${newId()}" }) { job { id } }`,
  'runLlmCall(input: { modelGroup: "x", messages: [{ role: USER, content: "x" }] }) { id }',
  'embed(input: { modelGroup: "x", texts: ["x"] }) { call { id } }',
  'startLlmCall(input: { modelGroup: "x", messages: [{ role: USER, content: "x" }] }) { id }',
];
const SHARED_OPERATIONS = [
  `completeJob(input: { jobId: "${newId()}", status: FAILED }) { job { id } }`,
  `completeJob(input: { jobId: "${newId()}", status: CANCELLED }) { job { id } }`,
  `cancelLlmCall(id: "${newId()}") { id }`,
  `rotateVirtualKey(id: "${newId()}") { virtualKey }`,
];
const QUERIES = [
  "viewer { __typename }",
  'organization(id: "x") { id }',
  "organizations { totalCount }",
  'team(id: "x") { id }',
  "teams { totalCount }",
  'modelGroup(name: "x") { id }',
  "modelGroups { totalCount }",
  `job(id: "${newId()}") { id }`,
  "jobs { totalCount }",
  "llmCalls { totalCount }",
  'llmCallErrors(input: { from: "2026-03-01T00:00:00Z", to: "2026-03-02T00:00:00Z" }) { isComplete }',
  `llmCall(id: "${newId()}") { id }`,
  'node(id: "x") { id }',
  'nodes(ids: ["x"]) { id }',
  `streamToken(callId: "${newId()}") { token }`,
  'ledgerAudit(teamId: "x") { isSound }',
  "ledgerTotals { isBalanced }",
  'usage(input: { from: "2026-03-01T00:00:00Z", to: "2026-03-02T00:00:00Z" }) { isComplete }',
  "modelPrices { totalCount }",
  "modelCircuits { model }",
  "system { version }",
  "auditCheck { isSound }",
  "auditEntries { totalCount }",
  "webhooks { totalCount }",
  `webhook(id: "${newId()}") { id }`,
];
export const EVERYTHING = [
  ...QUERIES.map((field) => `query { ${field} }`),
  ...[...ADMIN_OPERATIONS, ...TEAM_OPERATIONS, ...SHARED_OPERATIONS].map((field) => `mutation { ${field} }`),
];

/** What a refusal says, without the location of its field in the document. */
export function refusalOf({ status, data, errors }: GraphqlAnswer) {
  const [field] = Object.values(data ?? {});
  return { status, field, errors: errors?.map(({ message, extensions }) => ({ message, extensions })) };
}

export const UNAUTHENTICATED = {
  status: 200,
  field: null,
  errors: [
    {
      message: "No valid credential was sent.",
      extensions: { code: "UNAUTHENTICATED", status: 401, retryable: false },
    },
  ],
};
