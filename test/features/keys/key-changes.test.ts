import { beforeAll, describe, expect, it } from "vitest";
import { openAiOf } from "../../kit/clients/openai.js";
import { CREATE_KEY, REVOKE, refusalOf, UNAUTHENTICATED, VIEWER } from "../../kit/credentials.js";
import { FakeClock } from "../../kit/gateway/clock.js";
import { useGateway } from "../../kit/gateway/gateway.js";
import { CHANGE_KEY, UPDATE_TEAM_NAMES } from "../../kit/lifecycle.js";
import { UPDATE_TEAM } from "../../kit/limits.js";
import { RUN_LLM_CALL } from "../../kit/world.js";

const clock = new FakeClock();
const gateway = useGateway({ clock });
const HOUR = 3_600_000;
const inMs = (ms: number) => new Date(clock.now().getTime() + ms).toISOString();

beforeAll(() => gateway.server.background.stop());

const change = async (id: string, input: object) =>
  (await gateway.admin.data(CHANGE_KEY, { input: { id, ...input } })).updateVirtualKey;

describe("updateVirtualKey", () => {
  it("changes what is given, and null takes it away", async () => {
    const team = await gateway.world.team();
    const expiresAt = inMs(HOUR);
    expect(await change(team.keyId, { name: "ci" })).toMatchObject({ name: "ci", expiresAt: null, modelGroups: null });
    expect(await change(team.keyId, { expiresAt })).toMatchObject({ name: "ci", expiresAt });
    const modelGroups = [team.modelGroup];
    const limited = await change(team.keyId, { modelGroups });
    expect(limited).toMatchObject({ name: "ci", expiresAt, modelGroups: [{ name: team.modelGroup }] });
    const same = await change(team.keyId, { limits: { requestsPerMinute: 100 } });
    expect(same).toEqual(limited);
    const none = await change(team.keyId, { name: null, expiresAt: null, modelGroups: null });
    expect(none).toMatchObject({ name: null, expiresAt: null, modelGroups: null });
  });

  it("lets a key expire at another time, and an expired one work again", async () => {
    const team = await gateway.world.team();
    await change(team.keyId, { expiresAt: inMs(HOUR) });
    await clock.advance(HOUR);
    expect(refusalOf(await team.client.send(VIEWER))).toEqual(UNAUTHENTICATED);
    expect(await change(team.keyId, { expiresAt: inMs(HOUR) })).toMatchObject({ status: "ACTIVE" });
    await team.client.data(VIEWER);
    const past = { input: { id: team.keyId, name: "late", expiresAt: inMs(0) } };
    const refusal = await gateway.admin.refusal("INVALID_INPUT", CHANGE_KEY, past);
    expect(refusal.message).toMatch(/^input.expiresAt must be in the future, got /);
    expect(await change(team.keyId, {})).toMatchObject({ name: null });
  });

  it("refuses groups that the team has not, naming those that it has, and changes nothing", async () => {
    const team = await gateway.world.team();
    const foreign = await gateway.world.modelGroup();
    const modelGroups = [team.modelGroup, foreign];
    const message = `input.modelGroups[1] must be one of the team's model groups, which are ${team.modelGroup}, got "${foreign}".`;
    for (const [query, input] of [
      [CHANGE_KEY, { id: team.keyId, name: "new", modelGroups }],
      [CREATE_KEY, { teamId: team.id, modelGroups }],
    ] as const)
      expect((await gateway.admin.refusal("INVALID_INPUT", query, { input })).message).toBe(message);
    expect(await change(team.keyId, {})).toMatchObject({ name: null, modelGroups: null });
    const none = await (await gateway.world.organization()).team({ groups: [] });
    const refusal = await gateway.admin.refusal("INVALID_INPUT", CREATE_KEY, {
      input: { teamId: none.id, modelGroups: [foreign] },
    });
    expect(refusal.message).toContain("one of the team's model groups, which has none, got");
  });
});

describe("a key that is limited to some of its team's model groups", () => {
  async function limitedKey() {
    const groups = [await gateway.world.modelGroup(), await gateway.world.modelGroup()];
    const team = await gateway.world.team({ groups });
    const [own, other] = groups as [string, string];
    const input = { teamId: team.id, modelGroups: [own] };
    const { createVirtualKey } = await gateway.admin.data(CREATE_KEY, { input });
    const secret: string = createVirtualKey.virtualKey;
    return { team, own, other, secret, id: createVirtualKey.key.id as string, client: gateway.client(secret) };
  }

  it("makes calls of these, and gets MODEL_GROUP_NOT_ALLOWED for the others, through every door", async () => {
    const { team, own, other, secret, client } = await limitedKey();
    const job = await team.job();
    const input = (modelGroup: string) => ({ input: job.callInput({ modelGroup }) });
    await client.data(RUN_LLM_CALL, input(own));
    // The team's plan for the group is remembered, because another key of it makes calls of it.
    await team.client.data(RUN_LLM_CALL, input(other));
    const refusal = await client.refusal("MODEL_GROUP_NOT_ALLOWED", RUN_LLM_CALL, input(other));
    expect(refusal.message).toBe(`The key may not use a model group "${other}".`);
    await expect(gateway.socket(secret).stream(input(other).input).next()).rejects.toMatchObject({
      code: "MODEL_GROUP_NOT_ALLOWED",
    });
    const rest = gateway.rest(secret);
    const body = { model_group: other, messages: [{ role: "user", content: "Hello" }] };
    await rest.refusal(403, "POST", `/api/jobs/${job.id}/llm-call`, body);
    await rest.refusal(403, "GET", `/api/model-groups/${other}/resolve?team_id=${team.id}`);
    await rest.ok("GET", `/api/model-groups/${own}/resolve?team_id=${team.id}`);
    const openAi = openAiOf(gateway).clientOf(secret);
    await expect(
      openAi.chat.completions.create({ model: other, messages: [{ role: "user", content: "Hello" }] }),
    ).rejects.toMatchObject({ code: "model_not_found" });
    expect((await openAi.models.list()).data.map(({ id }) => id)).toEqual([own]);
    const { modelGroups, modelGroup } = await client.data(
      "query ($own: ID!) { modelGroups { nodes { name } } modelGroup(name: $own) { name } }",
      { own },
    );
    expect([modelGroups.nodes, modelGroup]).toEqual([[{ name: own }], { name: own }]);
    await client.refusal("NOT_FOUND", "query ($other: ID!) { modelGroup(name: $other) { name } }", { other });
    expect((await team.client.data("{ modelGroups { totalCount } }")).modelGroups.totalCount).toBe(2);
  });

  it("takes no statement more for a call than one that is not limited", async () => {
    const { team, own, secret } = await limitedKey();
    const job = await team.job();
    const count = async (each: string) => {
      const client = gateway.client(each);
      await client.data(RUN_LLM_CALL, { input: job.callInput({ modelGroup: own }) });
      const run = () => client.data(RUN_LLM_CALL, { input: job.callInput({ modelGroup: own }) });
      return (await gateway.database.sentBy(run)).map(({ text }) => text);
    };
    expect((await count(secret)).sort()).toEqual((await count(team.secret)).sort());
  });

  it("cannot use a group that the team loses, and can again when it gets the group back", async () => {
    const { team, own, other, id, client } = await limitedKey();
    const job = await team.job();
    const call = { input: job.callInput({ modelGroup: own }) };
    const give = (modelGroups: string[]) =>
      gateway.admin.data(UPDATE_TEAM_NAMES, { input: { id: team.id, modelGroups } });
    await give([other]);
    await client.refusal("MODEL_GROUP_NOT_ALLOWED", RUN_LLM_CALL, call);
    expect(await change(id, {})).toMatchObject({ modelGroups: [] });
    await give([other, own]);
    await client.data(RUN_LLM_CALL, call);
    expect(await change(id, {})).toMatchObject({ modelGroups: [{ name: own }] });
  });

  it("makes no calls with an empty list, and all with null, at once", async () => {
    const { team, own, other, id, client } = await limitedKey();
    const job = await team.job();
    const call = (modelGroup: string) => ({ input: job.callInput({ modelGroup }) });
    await change(id, { modelGroups: [] });
    for (const group of [own, other]) await client.refusal("MODEL_GROUP_NOT_ALLOWED", RUN_LLM_CALL, call(group));
    expect((await client.data("{ modelGroups { totalCount } }")).modelGroups.totalCount).toBe(0);
    await change(id, { modelGroups: null });
    for (const group of [own, other]) await client.data(RUN_LLM_CALL, call(group));
  });
});

describe("the lists of keys", () => {
  const OF_TEAM = `query ($id: ID!, $filter: VirtualKeyFilter) { team(id: $id) { virtualKeys(filter: $filter) { name team { id } } } }`;
  const OF_ORGANIZATION = `query ($id: ID!, $filter: VirtualKeyFilter, $first: Int, $after: String) { organization(id: $id) {
    virtualKeys(filter: $filter, first: $first, after: $after) { totalCount nodes { name team { id } } pageInfo { endCursor hasNextPage } } } }`;

  /** Two teams; the keys of the first are worth a look, each for another reason. */
  async function keysOfAllKinds() {
    const organization = await gateway.world.organization();
    const [team, other] = [await organization.team(), await organization.team()];
    await change(team.keyId, { name: "first" });
    await change(other.keyId, { name: "other" });
    const later = inMs(10 * HOUR);
    for (const [key, more] of Object.entries({
      limited: { limits: { tokensPerMinute: 5 } },
      measured: { limits: { isEnforced: false } },
      soon: { expiresAt: inMs(HOUR) },
      expiring: { expiresAt: later },
      revoked: { expiresAt: later },
    })) {
      await clock.advance(1);
      const { createVirtualKey } = await gateway.admin.data(CREATE_KEY, {
        input: { teamId: team.id, name: key, ...more },
      });
      if (key === "revoked") await gateway.admin.data(REVOKE, { id: createVirtualKey.key.id });
    }
    await clock.advance(HOUR);
    return { organization, team, other };
  }

  const namesOf = (keys: readonly { name: string }[]) => keys.map((key) => key.name);

  it("are narrowed by status, limits, expiry and use", async () => {
    const { organization, team, other } = await keysOfAllKinds();
    const ofTeam = async (filter: object | null) =>
      namesOf((await gateway.admin.data(OF_TEAM, { id: team.id, filter })).team.virtualKeys);
    expect(await ofTeam(null)).toEqual(["first", "limited", "measured", "soon", "expiring", "revoked"]);
    expect(await ofTeam({})).toHaveLength(6);
    expect(await ofTeam({ status: ["EXPIRED", "REVOKED"] })).toEqual(["soon", "revoked"]);
    expect(await ofTeam({ status: ["ACTIVE"] })).toEqual(["first", "limited", "measured", "expiring"]);
    expect(await ofTeam({ status: [] })).toEqual([]);
    expect(await ofTeam({ withoutLimit: true })).toEqual(["first", "measured", "soon", "expiring", "revoked"]);
    expect(await ofTeam({ withoutLimit: false })).toEqual(["limited"]);
    expect(await ofTeam({ withoutExpiry: true })).toEqual(["first", "limited", "measured"]);
    expect(await ofTeam({ withoutExpiry: false, status: ["ACTIVE"] })).toEqual(["expiring"]);
    // The first key is used now, and the others never.
    await team.client.data(VIEWER);
    await gateway.app.tasks.find(({ name: task }) => task === "note uses of keys")?.run();
    const unused = { unusedSince: inMs(-HOUR / 2), status: ["ACTIVE"] };
    expect(await ofTeam(unused)).toEqual(["limited", "measured", "expiring"]);
    expect(await ofTeam({ unusedSince: inMs(-2 * HOUR) })).toEqual([]);
    const variables = { id: organization.id, filter: unused };
    const listed = (await gateway.admin.data(OF_ORGANIZATION, variables)).organization.virtualKeys;
    expect(namesOf(listed.nodes)).toEqual(
      ["expiring", "measured", "limited", "other"].sort((a, b) => order(a) - order(b)),
    );
    expect(listed.totalCount).toBe(4);
    expect(listed.nodes.at(-1).team.id).toBe(other.id);
    // A limit that the team has for its keys is one of each of them.
    await gateway.admin.data(UPDATE_TEAM, { input: { id: team.id, defaultKeyLimits: { requestsPerMinute: 100 } } });
    expect(await ofTeam({ withoutLimit: true })).toEqual([]);
  });

  const order = (key: string) => ["expiring", "measured", "limited", "other", "first"].indexOf(key);

  it("of an organization are pages, newest first, and a team's key sees only its own team's", async () => {
    const { organization, other } = await keysOfAllKinds();
    const seen: string[] = [];
    let after: string | null = null;
    do {
      const variables = { id: organization.id, first: 3, after };
      const { nodes, pageInfo, totalCount } = (await gateway.admin.data(OF_ORGANIZATION, variables)).organization
        .virtualKeys as {
        nodes: { name: string }[];
        pageInfo: { endCursor: string; hasNextPage: boolean };
        totalCount: number;
      };
      expect(totalCount).toBe(7);
      seen.push(...namesOf(nodes));
      after = pageInfo.hasNextPage ? pageInfo.endCursor : null;
    } while (after);
    expect(seen.slice(0, 5)).toEqual(["revoked", "expiring", "soon", "measured", "limited"]);
    expect(seen.slice(5).sort()).toEqual(["first", "other"]);
    const own = (await other.client.data(OF_ORGANIZATION, { id: organization.id })).organization.virtualKeys;
    expect(own).toMatchObject({ totalCount: 1, nodes: [{ name: "other", team: { id: other.id } }] });
    const key = await gateway.world.organizationKey(organization.id);
    expect((await key.client.data(OF_ORGANIZATION, { id: organization.id })).organization.virtualKeys.totalCount).toBe(
      7,
    );
  });

  it("refuse a time that cannot be, by its name", async () => {
    const team = await gateway.world.team();
    const refusal = await gateway.admin.refusal("INVALID_INPUT", OF_TEAM, {
      id: team.id,
      filter: { unusedSince: "0000-01-01T00:00:00.000Z" },
    });
    expect(refusal.message).toContain("unusedSince");
  });
});
