import { describe, expect, it } from "vitest";
import { CREATE_KEY, RESUME, SUSPEND, VIEWER } from "../../kit/credentials.js";
import { useGateway } from "../../kit/gateway/gateway.js";
import {
  DELETE_ORGANIZATION,
  DELETE_TEAM,
  RESUME_ORGANIZATION,
  SUSPEND_ORGANIZATION,
  UPDATE_ORGANIZATION,
} from "../../kit/lifecycle.js";
import { heldStream } from "../../kit/upstream/upstream-streams.js";
import { CREATE_ORGANIZATION_KEY, LLM_CALL, name, RUN_LLM_CALL, START_LLM_CALL } from "../../kit/world.js";

const gateway = useGateway({ upstream: "scripted" });
const admin = (query: string, variables: Record<string, unknown>) => gateway.admin.data(query, variables);

async function jobOf(organization: Awaited<ReturnType<typeof gateway.world.organization>>, behaviour = heldStream()) {
  const model = name("model");
  gateway.upstream.on(model, behaviour);
  const job = await (await organization.team({ models: [model] })).job();
  return { job, behaviour };
}

describe("updateOrganization", () => {
  it("changes what is given: a name stays, names in the metadata are set, and null empties it", async () => {
    const { id } = await gateway.world.organization();
    const change = async (input: object) =>
      (await admin(UPDATE_ORGANIZATION, { input: { id, ...input } })).updateOrganization;
    expect(await change({ metadata: { a: 1, b: 2 } })).toMatchObject({
      name: "Organization",
      metadata: { a: 1, b: 2 },
    });
    expect(await change({ metadata: { b: null, c: 3 } })).toMatchObject({ metadata: { a: 1, b: null, c: 3 } });
    expect(await change({ name: "New" })).toMatchObject({ name: "New", metadata: { a: 1, b: null, c: 3 } });
    expect(await change({ name: null })).toMatchObject({ name: "New" });
    expect(await change({ metadata: null })).toEqual({ id, name: "New", status: "ACTIVE", metadata: {} });
  });

  it("names the field that is wrong, what it got and what is allowed, and changes nothing", async () => {
    const { id } = await gateway.world.organization();
    const half = { text: "x".repeat(10_000) };
    await admin(UPDATE_ORGANIZATION, { input: { id, metadata: half } });
    const refused = async (input: object) =>
      (await gateway.admin.refusal("INVALID_INPUT", UPDATE_ORGANIZATION, { input: { id, ...input } })).message;
    expect(await refused({ name: " " })).toMatch(/^input.name must be text of 1 to 200 characters, .*, got " "\.$/);
    expect(await refused({ name: "New", metadata: { more: "é".repeat(5_000) } })).toMatch(
      /^input.metadata must keep the organization's metadata within 16384 bytes, got "20\d{3} bytes"\.$/,
    );
    const { organization } = await admin(`query ($id: ID!) { organization(id: $id) { name metadata } }`, { id });
    expect(organization).toEqual({ name: "Organization", metadata: half });
    await gateway.admin.refusal("NOT_FOUND", UPDATE_ORGANIZATION, { input: { id: name("org"), name: "New" } });
  });
});

describe("a suspended organization", () => {
  it("has all of its teams and keys refused, and the error says that it is the organization", async () => {
    const organization = await gateway.world.organization();
    const [one, other, stranger] = [await organization.team(), await organization.team(), await gateway.world.team()];
    const key = await gateway.world.organizationKey(organization.id);
    for (const client of [one.client, other.client, key.client]) await client.data("{ viewer { __typename } }");
    const { suspendOrganization } = await admin(SUSPEND_ORGANIZATION, { id: organization.id });
    expect(suspendOrganization).toMatchObject({ id: organization.id, status: "SUSPENDED" });
    for (const client of [one.client, other.client, key.client]) {
      const refusal = await client.refusal("TEAM_SUSPENDED", "{ viewer { __typename } }");
      expect(refusal.message).toBe("The organization is suspended.");
      expect(refusal.extensions).toMatchObject({ status: 403, retryable: false, suspended: "ORGANIZATION" });
    }
    await stranger.client.data(VIEWER);
    const rest = await gateway.rest(one.secret).send("GET", "/api/teams");
    expect(rest.body).toEqual({ detail: "The organization is suspended.", suspended: "organization" });
    const chat = {
      method: "POST",
      headers: { authorization: `Bearer ${one.secret}`, "content-type": "application/json" },
    };
    const body = JSON.stringify({ model: one.modelGroup, messages: [{ role: "user", content: "Hello" }] });
    const openAi: unknown = await (await fetch(`${gateway.url}/v1/chat/completions`, { ...chat, body })).json();
    const error = { code: "team_suspended", message: "The organization is suspended.", suspended: "organization" };
    expect(openAi).toEqual({ error: { ...error, type: "invalid_request_error", param: null } });
    const socket = gateway.socket(one.secret);
    await expect(socket.stream({}).next()).rejects.toBeTruthy();
    expect(await socket.closed).toBe(4403);
  });

  it("says TEAM if the team alone is suspended, and ORGANIZATION if both are, which resuming undoes one by one", async () => {
    const team = await gateway.world.team();
    const suspendedNow = async () =>
      (await team.client.refusal("TEAM_SUSPENDED", "{ viewer { __typename } }")).extensions.suspended;
    await admin(SUSPEND, { id: team.id });
    expect(await suspendedNow()).toBe("TEAM");
    await admin(SUSPEND_ORGANIZATION, { id: team.organizationId });
    expect(await suspendedNow()).toBe("ORGANIZATION");
    for (let time = 0; time < 2; time++) {
      const { resumeOrganization } = await admin(RESUME_ORGANIZATION, { id: team.organizationId });
      expect(resumeOrganization.status).toBe("ACTIVE");
      expect(await suspendedNow()).toBe("TEAM");
    }
    await admin(RESUME, { id: team.id });
    await team.client.data(VIEWER);
  });

  it("has running calls of all of its teams cancelled, and streams ended, with that code", async () => {
    const organization = await gateway.world.organization();
    const works = [await jobOf(organization), await jobOf(organization)];
    const streams = await Promise.all(
      works.map(async ({ job, behaviour }) => {
        const { startLlmCall } = await job.team.client.data(START_LLM_CALL, { input: job.callInput() });
        await behaviour.arrived;
        behaviour.text("Once ");
        const events = gateway.socket(job.team.secret).follow(startLlmCall.id);
        await events.until("LlmCallDelta");
        return { id: startLlmCall.id, ended: events.rest().catch((error: unknown) => error) };
      }),
    );
    for (let time = 0; time < 2; time++) await admin(SUSPEND_ORGANIZATION, { id: organization.id });
    for (const { id, ended } of streams) {
      expect(await ended).toMatchObject({ code: "TEAM_SUSPENDED", suspended: "ORGANIZATION" });
      const error = { code: "TEAM_SUSPENDED", message: "The organization is suspended." };
      expect((await admin(LLM_CALL, { id })).llmCall).toMatchObject({ status: "CANCELLED", error });
    }
    await Promise.all(works.map(({ behaviour }) => behaviour.closed));
    await admin(RESUME_ORGANIZATION, { id: organization.id });
    for (const { job } of works) expect((await job.complete()).job.status).toBe("COMPLETED");
  });

  it("refuses a call whose admission began before it was suspended", async () => {
    const { job } = await jobOf(await gateway.world.organization());
    const { db } = gateway.database;
    // Not told to the gateway, which still knows the key.
    await job.team.client.data(VIEWER);
    await db.organization.update({ where: { id: job.team.organizationId }, data: { status: "SUSPENDED" } });
    const refusal = await job.team.client.refusal("TEAM_SUSPENDED", RUN_LLM_CALL, { input: job.callInput() });
    expect(refusal.extensions.suspended).toBe("ORGANIZATION");
  });
});

describe("deleteOrganization", () => {
  it("is refused while it has teams, and names at most 10 of them", async () => {
    const organization = await gateway.world.organization();
    const ids = Array.from({ length: 12 }, (_, index) => `${organization.id}-${String(index).padStart(2, "0")}`);
    for (const id of ids) await organization.team({ id, groups: [] });
    const refused = async () => gateway.admin.refusal("INVALID_STATE", DELETE_ORGANIZATION, { id: organization.id });
    const { message, extensions } = await refused();
    expect(message).toBe(
      `The organization "${organization.id}" still has teams that are not deleted: ${ids.slice(0, 10).join(", ")} and others.`,
    );
    expect(extensions.teamIds).toEqual(ids.slice(0, 10));
    for (const id of ids.slice(1)) await admin(DELETE_TEAM, { id });
    expect((await refused()).extensions.teamIds).toEqual(ids.slice(0, 1));
    await admin(DELETE_TEAM, { id: ids[0] });
    const { deleteOrganization } = await admin(DELETE_ORGANIZATION, { id: organization.id });
    expect(deleteOrganization.status).toBe("DELETED");
  });

  it("revokes its keys and lets nothing be changed any more, and repeating it changes nothing", async () => {
    const { id } = await gateway.world.organization();
    const key = await gateway.world.organizationKey(id);
    await key.client.data("{ viewer { __typename } }");
    const deleted = await admin(DELETE_ORGANIZATION, { id });
    await key.client.refusal("UNAUTHENTICATED", "{ viewer { __typename } }");
    expect(await admin(DELETE_ORGANIZATION, { id })).toEqual(deleted);
    const seen = `query ($id: ID!) { organization(id: $id) { status keys { status } }
      deleted: organizations(status: DELETED, first: 100) { nodes { id } } active: organizations(status: ACTIVE, first: 100) { nodes { id } } }`;
    const read = await admin(seen, { id });
    expect(read.organization).toEqual({ status: "DELETED", keys: [{ status: "REVOKED" }] });
    expect(read.deleted.nodes).toContainEqual({ id });
    expect(read.active.nodes).not.toContainEqual({ id });

    const grant =
      "mutation ($input: GrantOrganizationCreditsInput!) { grantOrganizationCredits(input: $input) { id } }";
    const team = "mutation ($input: CreateTeamInput!) { createTeam(input: $input) { virtualKey } }";
    const input = { organizationId: id };
    for (const [query, variables] of [
      [SUSPEND_ORGANIZATION, { id }],
      [RESUME_ORGANIZATION, { id }],
      [UPDATE_ORGANIZATION, { input: { id, name: "New" } }],
      [CREATE_ORGANIZATION_KEY, { input }],
      [team, { input: { ...input, id: name("team") } }],
      [grant, { input: { ...input, credits: 1 } }],
    ] as const) {
      const refusal = await gateway.admin.refusal("INVALID_STATE", query, variables);
      expect(refusal.message).toBe(`The organization "${id}" is deleted.`);
    }
    const again = 'mutation ($id: ID!) { createOrganization(input: { id: $id, name: "New" }) { id } }';
    await gateway.admin.refusal("ALREADY_EXISTS", again, { id });
    await gateway.admin.refusal("NOT_FOUND", DELETE_ORGANIZATION, { id: name("org") });
  });

  it("leaves a model group alone that a deleted team had, and says which teams still have one", async () => {
    const group = await gateway.world.modelGroup();
    const organization = await gateway.world.organization();
    const [one, other] = [await organization.team({ groups: [group] }), await organization.team({ groups: [group] })];
    const remove = "mutation ($group: ID!) { deleteModelGroup(name: $group) }";
    const { message, extensions } = await gateway.admin.refusal("INVALID_STATE", remove, { group });
    expect(extensions.teamIds).toEqual([one.id, other.id].sort());
    expect(message).toContain([one.id, other.id].sort().join(", "));
    for (const { id } of [one, other]) await admin(DELETE_TEAM, { id });
    expect(await admin(remove, { group })).toEqual({ deleteModelGroup: group });
    await gateway.admin.refusal("INVALID_STATE", CREATE_KEY, { input: { teamId: one.id } });
  });
});
