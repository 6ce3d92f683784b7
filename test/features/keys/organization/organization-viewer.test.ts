import { beforeAll, describe, expect, it } from "vitest";
import { CREATE_KEY, REVOKE, SUSPEND } from "../../../kit/credentials.js";
import { useGateway } from "../../../kit/gateway/gateway.js";
import { useTenants } from "../../../kit/tenants.js";
import { heldStream } from "../../../kit/upstream/upstream-streams.js";
import {
  CANCEL_LLM_CALL,
  COMPLETE_JOB,
  CREATE_JOB,
  name,
  RUN_LLM_CALL,
  START_LLM_CALL,
  type TestKey,
} from "../../../kit/world.js";

const CREATE_TEAM = `mutation ($input: CreateTeamInput!) {
  createTeam(input: $input) { virtualKey team { id credits { allocated } modelGroups { name } } } }`;
const GRANT_POOL = `mutation ($input: GrantOrganizationCreditsInput!) { grantOrganizationCredits(input: $input) { id } }`;
const ADD_CREDITS = `mutation ($input: AddCreditsInput!) { addCredits(input: $input) { credits { allocated available } } }`;
const TRANSFER = `mutation ($input: TransferCreditsInput!) {
  transferCredits(input: $input) { toOrganization { credits { granted passedOn available } } } }`;
const SET_GROUPS = `mutation ($input: SetTeamModelGroupsInput!) { setTeamModelGroups(input: $input) { modelGroups { name } } }`;

const gateway = useGateway({ upstream: "scripted" });
const tenants = useTenants(gateway);
let key: TestKey;

beforeAll(async () => {
  key = await gateway.world.organizationKey(tenants.own.team.organizationId);
});

describe("what an organization's key reads", () => {
  it("is all of its organization, and nothing of another one", async () => {
    const { own, sibling, stranger } = tenants;
    const data = await key.client.data(`{
      organizations { totalCount nodes { id name status metadata createdAt updatedAt } }
      teams { totalCount nodes { id virtualKeys { id } credits { available } creditEntries { nodes { actor } } } }
      jobs(first: 100) { totalCount nodes { id key { id } team { id } llmCalls { nodes { id content key { id } team { id } } } } }
      modelGroups { totalCount nodes { name models { name } } }
    }`);
    expect(data.organizations).toMatchObject({
      totalCount: 1,
      nodes: [{ id: own.team.organizationId, status: "ACTIVE" }],
    });
    const ids = (list: { nodes: { id: string }[] }) => list.nodes.map(({ id }) => id).sort();
    expect(ids(data.teams)).toEqual([own.team.id, sibling.team.id].sort());
    expect(data.teams.totalCount).toBe(2);
    expect(ids(data.jobs)).toEqual([own, sibling].flatMap(({ open, completed }) => [open.id, completed.id]).sort());
    expect(data.jobs.totalCount).toBe(4);
    expect(data.modelGroups.nodes.map(({ name: group }: { name: string }) => group)).toEqual(
      [own.group, sibling.group].sort(),
    );
    const text = JSON.stringify(data);
    for (const strange of [stranger.team.id, stranger.group, stranger.open.id, stranger.callId, stranger.team.keyId])
      expect(text).not.toContain(strange);
  });

  it("are its teams' jobs newest first, page by page, with any filter", async () => {
    const { own, sibling } = tenants;
    const page =
      "query ($after: String, $filter: JobFilter) { jobs(first: 1, after: $after, filter: $filter) { totalCount nodes { id createdAt } pageInfo { hasNextPage endCursor } } }";
    const seen: { id: string; createdAt: string }[] = [];
    for (let after: string | null = null, more = true; more; ) {
      const { jobs } = await key.client.data(page, { after });
      seen.push(...jobs.nodes);
      ({ hasNextPage: more, endCursor: after } = jobs.pageInfo);
    }
    const order = (job: { id: string; createdAt: string }) => `${job.createdAt} ${job.id}`;
    expect(seen.map(order)).toEqual(seen.map(order).sort().reverse());
    expect(seen).toHaveLength(4);
    const filter = { status: ["COMPLETED"], jobType: "test" };
    const { jobs } = await key.client.data(page, { filter });
    expect(jobs.totalCount).toBe(2);
    expect([own.completed.id, sibling.completed.id]).toContain(jobs.nodes[0].id);
  });

  it("are its teams' running calls, as they happen", async () => {
    const model = name("model");
    const upstream = heldStream();
    gateway.upstream.on(model, upstream);
    const { own } = tenants;
    const team = await gateway.world.team({ models: [model] });
    const theirKey = await gateway.world.organizationKey(team.organizationId);
    const job = await team.job();
    const { startLlmCall } = await team.client.data(START_LLM_CALL, { input: job.callInput() });
    await upstream.arrived;
    upstream.text("Once ");
    const events = gateway.socket(theirKey.secret).follow(startLlmCall.id);
    expect(await events.until("LlmCallDelta")).toMatchObject({ content: "Once " });
    const strange = gateway.socket(key.secret).follow(startLlmCall.id);
    await expect(strange.next()).rejects.toMatchObject({ code: "NOT_FOUND" });
    const { cancelLlmCall } = await theirKey.client.data(CANCEL_LLM_CALL, { id: startLlmCall.id });
    expect(cancelLlmCall).toMatchObject({
      status: "CANCELLED",
      content: "Once ",
      error: { message: "The call was cancelled by its organization." },
    });
    expect(own.team.organizationId).not.toBe(team.organizationId);
  });
});

describe("what an organization's key does", () => {
  it("is no job and no call, and it says what to use instead", async () => {
    const { own } = tenants;
    for (const [document, input] of [
      [CREATE_JOB, { jobType: "x", teamId: own.team.id }],
      [RUN_LLM_CALL, own.open.callInput()],
    ] as const) {
      const { message } = await key.client.refusal("FORBIDDEN", document, { input });
      expect(message).toMatch(
        /^An organization's key may not do this \([a-z.]+\)\. Use a virtual key of one of its teams\.$/i,
      );
    }
    await key.client.refusal("FORBIDDEN", COMPLETE_JOB, { input: { jobId: own.open.id } });
  });

  it("is the making of teams of its own, with credits out of the pool", async () => {
    const { own } = tenants;
    const id = name("team");
    const input = { id, organizationId: own.team.organizationId, modelGroups: [tenants.sibling.group] };
    const gift = { organizationId: own.team.organizationId, credits: 10 };
    await key.client.refusal("INSUFFICIENT_CREDITS", CREATE_TEAM, { input: { ...input, creditsAllocated: 5 } });
    await key.client.refusal("FORBIDDEN", GRANT_POOL, { input: gift });
    await gateway.admin.data(GRANT_POOL, { input: gift });
    const { createTeam } = await key.client.data(CREATE_TEAM, { input: { ...input, creditsAllocated: 5 } });
    expect(createTeam.team).toEqual({ id, credits: { allocated: 5 }, modelGroups: [{ name: tenants.sibling.group }] });
    const made = gateway.client(createTeam.virtualKey);
    await made.data(CREATE_JOB, { input: { jobType: "x" } });

    const add = (credits: number, more: object = {}) =>
      key.client.send(ADD_CREDITS, { input: { teamId: id, credits, ...more } });
    expect((await add(4, { idempotencyKey: "a" })).data?.addCredits).toEqual({
      credits: { allocated: 9, available: 8 },
    });
    expect((await add(4, { idempotencyKey: "a" })).data?.addCredits).toEqual({
      credits: { allocated: 9, available: 8 },
    });
    expect((await add(2)).errors?.[0]?.extensions).toMatchObject({ code: "INSUFFICIENT_CREDITS", available: 1 });
    const year = new Date(Date.now() + 365 * 86_400_000).toISOString();
    for (const terms of [{ expiresAt: year }, { category: "PROMOTIONAL" }, { reference: "Mine" }])
      expect((await add(1, terms)).errors?.[0]?.extensions).toMatchObject({
        code: "INVALID_INPUT",
        field: `input.${Object.keys(terms)[0]}`,
      });
    const { transferCredits } = await key.client.data(TRANSFER, {
      input: { fromTeamId: id, toOrganizationId: own.team.organizationId, credits: 3, reason: "Unused" },
    });
    expect(transferCredits).toEqual({ toOrganization: { credits: { granted: 10, passedOn: 6, available: 4 } } });
    for (const toTeamId of [tenants.stranger.team.id, "nobody"]) {
      const outside = { fromTeamId: id, toTeamId, credits: 1, reason: "x" };
      await key.client.refusal("NOT_FOUND", TRANSFER, { input: outside });
    }
    await key.client.refusal("FORBIDDEN", "{ ledgerTotals { issued } }");
    const { stranger } = tenants;
    await key.client.refusal("NOT_FOUND", CREATE_TEAM, {
      input: { id: name("team"), organizationId: stranger.team.organizationId },
    });
  });

  it("is handing on model groups that one of its teams has, and no others", async () => {
    const organization = await gateway.world.organization();
    const [one, other] = [await organization.team(), await organization.team()];
    const { client } = await gateway.world.organizationKey(organization.id);
    const strange = tenants.stranger.group;
    const unassigned = await gateway.world.modelGroup();
    for (const group of [strange, unassigned, name("Group")]) {
      const input = { teamId: one.id, modelGroups: [one.modelGroup, group] };
      const { message } = await client.refusal("NOT_FOUND", SET_GROUPS, { input });
      expect(message).toBe(`There is no model group "${group}".`);
      await client.refusal("NOT_FOUND", CREATE_TEAM, {
        input: { id: name("team"), organizationId: organization.id, modelGroups: [group] },
      });
    }
    const both = { teamId: one.id, modelGroups: [other.modelGroup, one.modelGroup] };
    const { setTeamModelGroups } = await client.data(SET_GROUPS, { input: both });
    expect(setTeamModelGroups.modelGroups).toEqual([{ name: other.modelGroup }, { name: one.modelGroup }]);
    // What no team of it has any more, it cannot hand on until the admin assigns it again.
    await client.data(SET_GROUPS, { input: { teamId: one.id, modelGroups: [] } });
    await client.refusal("NOT_FOUND", SET_GROUPS, { input: { teamId: other.id, modelGroups: [one.modelGroup] } });
    await gateway.admin.data(SET_GROUPS, { input: { teamId: one.id, modelGroups: [one.modelGroup] } });
    await client.data(SET_GROUPS, { input: { teamId: other.id, modelGroups: [one.modelGroup] } });
  });

  it("is the making and revoking of its teams' keys", async () => {
    const { own, stranger } = tenants;
    const { createVirtualKey } = await key.client.data(CREATE_KEY, { input: { teamId: own.team.id } });
    const made = gateway.client(createVirtualKey.virtualKey);
    await made.data("{ viewer { __typename } }");
    await key.client.data(REVOKE, { id: createVirtualKey.key.id });
    await made.refusal("UNAUTHENTICATED", "{ viewer { __typename } }");
    await key.client.refusal("NOT_FOUND", CREATE_KEY, { input: { teamId: stranger.team.id } });
    await key.client.refusal("NOT_FOUND", REVOKE, { id: stranger.team.keyId });
    await stranger.team.client.data("{ viewer { __typename } }");
  });

  it("is suspending and resuming its teams", async () => {
    const organization = await gateway.world.organization();
    const team = await organization.team();
    const { client } = await gateway.world.organizationKey(organization.id);
    expect(await client.data(SUSPEND, { id: team.id })).toEqual({ suspendTeam: { status: "SUSPENDED" } });
    await team.client.refusal("TEAM_SUSPENDED", "{ viewer { __typename } }");
    await client.data("mutation ($id: ID!) { resumeTeam(id: $id) { status } }", { id: team.id });
    await team.client.data("{ viewer { __typename } }");
    await client.refusal("NOT_FOUND", SUSPEND, { id: tenants.stranger.team.id });
  });

  it("is giving up its teams' jobs, which the ledger records under the key", async () => {
    const organization = await gateway.world.organization();
    const team = await organization.team();
    const job = await team.job();
    const owner = await gateway.world.organizationKey(organization.id);
    await owner.client.data(COMPLETE_JOB, { input: { jobId: job.id, status: "FAILED", errorMessage: "Stuck." } });
    expect(await job.read()).toMatchObject({ status: "FAILED", errorMessage: "Stuck." });
    const { team: read } = await owner.client.data(
      "query ($id: ID!) { team(id: $id) { creditEntries(first: 1) { nodes { kind actor } } } }",
      { id: team.id },
    );
    expect(read.creditEntries.nodes).toEqual([{ kind: "VOID", actor: `orgkey:${owner.id}` }]);
  });
});
