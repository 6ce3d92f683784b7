import { describe, expect, it } from "vitest";
import { ADMIN_KEY, useGateway } from "../../kit/gateway/gateway.js";
import { READ_TEAM, UPDATE_TEAM_NAMES } from "../../kit/lifecycle.js";
import { name, RUN_LLM_CALL } from "../../kit/world.js";

const gateway = useGateway();

describe("updateTeam", () => {
  const change = async (id: string, input: object) =>
    (await gateway.admin.data(UPDATE_TEAM_NAMES, { input: { id, ...input } })).updateTeam;

  it("changes what is given, and nothing else", async () => {
    const team = await gateway.world.team();
    const groups = [{ name: team.modelGroup }];
    const same = { id: team.id, status: "ACTIVE", modelGroups: groups };
    expect(await change(team.id, { alias: "New" })).toEqual({ ...same, alias: "New", metadata: {} });
    expect(await change(team.id, { metadata: { a: 1, b: 2 } })).toEqual({
      ...same,
      alias: "New",
      metadata: { a: 1, b: 2 },
    });
    expect(await change(team.id, { metadata: { b: 3 } })).toEqual({ ...same, alias: "New", metadata: { a: 1, b: 3 } });
    expect(await change(team.id, { alias: null })).toEqual({ ...same, alias: team.id, metadata: { a: 1, b: 3 } });
    expect(await change(team.id, { metadata: null })).toEqual({ ...same, alias: team.id, metadata: {} });
    expect(await change(team.id, { limits: { requestsPerMinute: 5 } })).toEqual({
      ...same,
      alias: team.id,
      metadata: {},
    });
    expect(await change(team.id, { modelGroups: null })).toEqual({ ...same, alias: team.id, metadata: {} });
  });

  it("replaces the model groups, for calls that are admitted from then on", async () => {
    const team = await gateway.world.team();
    const job = await team.job();
    await job.call();
    const other = await gateway.world.modelGroup();
    expect(await change(team.id, { modelGroups: [other] })).toMatchObject({ modelGroups: [{ name: other }] });
    await team.client.refusal("MODEL_GROUP_NOT_ALLOWED", RUN_LLM_CALL, { input: job.callInput() });
    expect(await job.call({ modelGroup: other })).toMatchObject({ status: "SUCCEEDED" });
    expect(await change(team.id, { modelGroups: [] })).toMatchObject({ modelGroups: [] });
  });

  it("counts metadata in bytes, up to the last one, and says how many bytes it would have", async () => {
    const team = await gateway.world.team();
    const full = { a: "é".repeat(8_188) };
    expect(await change(team.id, { metadata: full })).toMatchObject({ metadata: full });
    const input = { id: team.id, metadata: { b: "é" } };
    const { message } = await gateway.admin.refusal("INVALID_INPUT", UPDATE_TEAM_NAMES, { input });
    expect(message).toBe(`input.metadata must keep the team's metadata within 16384 bytes, got "16393 bytes".`);
  });

  it("is all or nothing: with one wrong field nothing changes, and the error names it", async () => {
    const team = await gateway.world.team();
    const before = await gateway.admin.data(READ_TEAM, { id: team.id });
    const refused = async (code: string, input: object) =>
      (await gateway.admin.refusal(code, UPDATE_TEAM_NAMES, { input: { id: team.id, alias: "New", ...input } }))
        .message;
    const missing = name("Group");
    expect(await refused("NOT_FOUND", { modelGroups: [team.modelGroup, missing] })).toBe(
      `There is no model group "${missing}".`,
    );
    expect(await refused("INVALID_INPUT", { alias: "" })).toMatch(/^input.alias must be text of 1 to 200 characters/);
    expect(await refused("INVALID_INPUT", { modelGroups: ["a", "a"] })).toBe(
      'input.modelGroups must not name a group twice, got ["a","a"].',
    );
    expect(await refused("INVALID_INPUT", { limits: { requestsPerMinute: 0 } })).toMatch(
      /^input.limits.requestsPerMinute must/,
    );
    await change(team.id, { metadata: { kept: "x".repeat(10_000) } });
    expect(await refused("INVALID_INPUT", { metadata: { more: "y".repeat(10_000) } })).toMatch(
      /^input.metadata must keep the team's metadata within 16384 bytes, got /,
    );
    await change(team.id, { metadata: null });
    expect(await gateway.admin.data(READ_TEAM, { id: team.id })).toEqual(before);
  });

  it("lets an organization's key change its own teams, with groups that its teams have", async () => {
    const team = await gateway.world.team();
    const key = await gateway.world.organizationKey(team.organizationId);
    const input = { id: team.id, alias: "Ours", modelGroups: [team.modelGroup] };
    expect((await key.client.data(UPDATE_TEAM_NAMES, { input })).updateTeam.alias).toBe("Ours");
    const modelGroups = [await gateway.world.modelGroup()];
    await key.client.refusal("NOT_FOUND", UPDATE_TEAM_NAMES, { input: { id: team.id, modelGroups } });
  });

  it("has a twin in REST, and so has updateOrganization", async () => {
    const team = await gateway.world.team();
    const admin = gateway.rest(ADMIN_KEY);
    const changed = await admin.ok("PATCH", `/api/teams/${team.id}`, { team_alias: "New", metadata: { a: 1 } });
    expect(changed).toMatchObject({ team_alias: "New", metadata: { a: 1 }, model_groups: [team.modelGroup] });
    expect(await admin.ok("PATCH", `/api/teams/${team.id}`, { model_groups: [] })).toMatchObject({ model_groups: [] });
    const path = `/api/organizations/${team.organizationId}`;
    expect(await admin.ok("PATCH", path, { name: "New" })).toMatchObject({ name: "New", metadata: {} });
    expect(await admin.ok("PUT", `${path}/suspend`)).toMatchObject({ status: "suspended" });
    const refused = await gateway.rest(team.secret).send("GET", "/api/teams");
    expect([refused.status, refused.body]).toMatchObject([403, { detail: "The organization is suspended." }]);
    expect(await admin.ok("PUT", `${path}/resume`)).toMatchObject({ status: "active" });
    await gateway.rest(team.secret).ok("GET", "/api/teams");
  });
});
