import { describe, expect, it } from "vitest";
import { newId } from "../../src/lib/ids.js";
import { useGateway } from "../kit/gateway/gateway.js";
import { type Tenant, useTenants } from "../kit/tenants.js";
import { CREATE_JOB, name, RUN_LLM_CALL } from "../kit/world.js";

const gateway = useGateway();
const tenants = useTenants(gateway);

/** The ids of one tenant, and of nothing: of the same kind and length, so that an answer can differ in nothing else. */
interface Ids {
  readonly organization: string;
  readonly team: string;
  readonly group: string;
  readonly job: string;
  readonly completedJob: string;
  readonly call: string;
  readonly key: string;
}
const idsOf = ({ team, group, open, completed, callId }: Tenant): Ids => ({
  organization: team.organizationId,
  team: team.id,
  group,
  job: open.id,
  completedJob: completed.id,
  call: callId,
  key: team.keyId,
});
const idsOfNothing = (): Ids => ({
  organization: name("org"),
  team: name("team"),
  group: name("Group"),
  job: newId(),
  completedJob: newId(),
  call: newId(),
  key: newId(),
});

type Ask = readonly [document: string, variables: (ids: Ids) => Record<string, unknown>];

const JOB = "id status metadata costs { totalCostUsd } team { id } llmCalls { nodes { content } }";
const COMPLETE =
  "mutation ($input: CompleteJobInput!) { completeJob(input: $input) { job { id } costs { totalCalls } } }";
const UPDATE =
  "mutation ($id: ID!, $metadata: JSONObject!) { updateJobMetadata(jobId: $id, metadata: $metadata) { id } }";
const CALL = { modelGroup: "", messages: [{ role: "USER", content: "Hello" }] };

/** What may name something of a team: each must answer for another team's as for nothing's. */
const OF_A_TEAM: Readonly<Record<string, Ask>> = {
  team: ["query ($id: ID!) { team(id: $id) { id alias credits { available } } }", ({ team }) => ({ id: team })],
  modelGroup: [
    "query ($name: ID!) { modelGroup(name: $name) { id models { name } } }",
    ({ group }) => ({ name: group }),
  ],
  job: [`query ($id: ID!) { job(id: $id) { ${JOB} } }`, ({ job }) => ({ id: job })],
  "job, completed": [`query ($id: ID!) { job(id: $id) { ${JOB} } }`, ({ completedJob }) => ({ id: completedJob })],
  llmCall: ["query ($id: ID!) { llmCall(id: $id) { id content job { id } } }", ({ call }) => ({ id: call })],
  "jobs of a team": [
    "query ($id: ID!) { jobs(teamId: $id) { totalCount nodes { id } } }",
    ({ team }) => ({ id: team }),
  ],
  "createJob for a team": [CREATE_JOB, ({ team }) => ({ input: { jobType: "theft", teamId: team } })],
  updateJobMetadata: [UPDATE, ({ job }) => ({ id: job, metadata: { stolen: true } })],
  "updateJobMetadata of a completed job": [UPDATE, ({ completedJob }) => ({ id: completedJob, metadata: {} })],
  "updateJobMetadata with too much": [UPDATE, ({ job }) => ({ id: job, metadata: { a: "x".repeat(20_000) } })],
  completeJob: [COMPLETE, ({ job }) => ({ input: { jobId: job } })],
  "completeJob as FAILED": [
    COMPLETE,
    ({ job }) => ({ input: { jobId: job, status: "FAILED", errorMessage: "theft" } }),
  ],
  "completeJob as CANCELLED": [COMPLETE, ({ job }) => ({ input: { jobId: job, status: "CANCELLED" } })],
  "completeJob of a completed job": [COMPLETE, ({ completedJob }) => ({ input: { jobId: completedJob } })],
  "completeJob of a completed job as FAILED": [
    COMPLETE,
    ({ completedJob }) => ({ input: { jobId: completedJob, status: "FAILED" } }),
  ],
  "runLlmCall in a job": [
    RUN_LLM_CALL,
    ({ job }) => ({ input: { ...CALL, jobId: job, modelGroup: tenants.own.group } }),
  ],
  "runLlmCall in a completed job": [
    RUN_LLM_CALL,
    ({ completedJob }) => ({ input: { ...CALL, jobId: completedJob, modelGroup: tenants.own.group } }),
  ],
  "runLlmCall of a model group": [RUN_LLM_CALL, ({ group }) => ({ input: { ...CALL, modelGroup: group } })],
  "runLlmCall of a model group in the own job": [
    RUN_LLM_CALL,
    ({ group }) => ({ input: { ...CALL, modelGroup: group, jobId: tenants.own.open.id } }),
  ],
  "createTeam beside a team": [
    "mutation ($input: CreateTeamInput!) { createTeam(input: $input) { virtualKey } }",
    ({ team, organization }) => ({ input: { id: team, organizationId: organization } }),
  ],
  "createVirtualKey for a team": [
    "mutation ($id: ID!) { createVirtualKey(input: { teamId: $id }) { virtualKey } }",
    ({ team }) => ({ id: team }),
  ],
  revokeVirtualKey: ["mutation ($id: ID!) { revokeVirtualKey(id: $id) { id } }", ({ key }) => ({ id: key })],
  addCredits: [
    "mutation ($id: ID!) { addCredits(input: { teamId: $id, credits: 1 }) { id } }",
    ({ team }) => ({ id: team }),
  ],
  suspendTeam: ["mutation ($id: ID!) { suspendTeam(id: $id) { id } }", ({ team }) => ({ id: team })],
  resumeTeam: ["mutation ($id: ID!) { resumeTeam(id: $id) { id } }", ({ team }) => ({ id: team })],
};
const OF_AN_ORGANIZATION: Readonly<Record<string, Ask>> = {
  organization: [
    "query ($id: ID!) { organization(id: $id) { id name teams { totalCount } } }",
    ({ organization }) => ({ id: organization }),
  ],
  "teams of an organization": [
    "query ($id: ID!) { teams(organizationId: $id) { totalCount nodes { id } } }",
    ({ organization }) => ({ id: organization }),
  ],
};

/** The answer as the bytes that came, with each of the ids that were sent struck out; length and caching headers too. */
async function answerTo([document, variables]: Ask, ids: Ids): Promise<string> {
  const response = await fetch(`${gateway.url}/graphql`, {
    method: "POST",
    headers: { "content-type": "application/json", authorization: `Bearer ${tenants.own.team.secret}` },
    body: JSON.stringify({ query: document, variables: variables(ids) }),
  });
  const { "x-request-id": _, date: __, ...headers } = Object.fromEntries(response.headers);
  const text = await response.text();
  expect(JSON.parse(text).errors, text).toHaveLength(1);
  const struckOut = Object.values(ids).reduce((rest, id) => rest.replaceAll(id, "<id>"), text);
  return JSON.stringify([response.status, headers, struckOut]);
}

describe.each(["sibling", "stranger"] as const)("what belongs to a %s", (whose) => {
  it.each(Object.keys(OF_A_TEAM))("looks to a team as if it did not exist: %s", async (title) => {
    const ask = OF_A_TEAM[title] as Ask;
    const before = await stateOf(tenants[whose]);
    const ownBefore = await stateOf(tenants.own);
    const answer = await answerTo(ask, idsOf(tenants[whose]));
    expect(answer).toBe(await answerTo(ask, idsOfNothing()));
    expect(answer).toMatch(/NOT_FOUND|MODEL_GROUP_NOT_ALLOWED|FORBIDDEN|INVALID_INPUT/);
    expect(await stateOf(tenants[whose])).toEqual(before);
    expect(await stateOf(tenants.own)).toEqual(ownBefore);
  });
});

it.each(Object.keys(OF_AN_ORGANIZATION))(
  "Another organization looks to a team as if it did not exist: %s.",
  async (title) => {
    const ask = OF_AN_ORGANIZATION[title] as Ask;
    const answer = await answerTo(ask, idsOf(tenants.stranger));
    expect(answer).toBe(await answerTo(ask, idsOfNothing()));
    expect(answer).toContain("NOT_FOUND");
  },
);

it("Everything that is asked for above exists: its own team, or the admin, gets it.", async () => {
  const { stranger } = tenants;
  const ids = idsOf(stranger);
  for (const title of ["team", "modelGroup", "job", "job, completed", "llmCall", "jobs of a team"]) {
    const [document, variables] = OF_A_TEAM[title] as Ask;
    const data = await stranger.team.client.data(document, variables(ids));
    expect(Object.values(data)[0], title).toBeTruthy();
    expect(await gateway.admin.data(document, variables(ids))).toEqual(data);
  }
  for (const [document, variables] of Object.values(OF_AN_ORGANIZATION))
    await stranger.team.client.data(document, variables(ids));
});

it("A call gets the same answer for an unknown model group and for an unassigned one.", async () => {
  const unassigned = await gateway.world.modelGroup();
  for (const modelGroup of [unassigned, name("Group"), tenants.sibling.group]) {
    const input = { ...CALL, modelGroup, jobId: tenants.own.open.id };
    const refusal = await tenants.own.team.client.refusal("MODEL_GROUP_NOT_ALLOWED", RUN_LLM_CALL, { input });
    expect(refusal.message.replace(modelGroup, "<id>")).toBe('The team may not use a model group "<id>".');
    expect(refusal.extensions).toEqual({ code: "MODEL_GROUP_NOT_ALLOWED", status: 403, retryable: false, modelGroup });
  }
});

/** All that the admin sees of a tenant. */
async function stateOf({ team }: Tenant): Promise<unknown> {
  return gateway.admin.data(
    `query ($id: ID!) { team(id: $id) { status alias metadata credits { allocated used held available }
      virtualKeys { id status } modelGroups { name } creditEntries { totalCount }
      jobs { nodes { ${JOB} completedAt errorMessage } } organization { teams { totalCount } } } }`,
    { id: team.id },
  );
}
