import { describe, expect, it } from "vitest";
import { FakeClock } from "../../kit/gateway/clock.js";
import { useGateway } from "../../kit/gateway/gateway.js";
import { limitsOf, NO_LIMITS, UPDATE_KEY, UPDATE_TEAM } from "../../kit/limits.js";
import { name, RUN_LLM_CALL } from "../../kit/world.js";

const clock = new FakeClock();
const gateway = useGateway({ clock });
const inMs = (ms: number) => new Date(clock.now().getTime() + ms).toISOString();

describe("the limits of a team and of its keys", () => {
  it("limit nothing at first", async () => {
    const { read } = limitsOf(gateway.admin, await gateway.world.team());
    const { limits, defaultKeyLimits, virtualKeys } = await read();
    expect([limits, defaultKeyLimits, virtualKeys[0].limits]).toEqual([NO_LIMITS, NO_LIMITS, NO_LIMITS]);
  });

  it("are given with a new team and a new key", async () => {
    const { id: organizationId } = await gateway.world.organization();
    const override = { concurrentCalls: 9, until: inMs(1_000) };
    const input = {
      id: name("team"),
      organizationId,
      limits: { requestsPerMinute: 1, tokensPerMinute: null, override },
      defaultKeyLimits: { tokensPerMinute: 2, isEnforced: false },
    };
    const { createTeam } = await gateway.admin.data(
      "mutation ($input: CreateTeamInput!) { createTeam(input: $input) { key { id } } }",
      { input },
    );
    const key = { teamId: input.id, limits: { concurrentCalls: 3 } };
    await gateway.admin.data(
      "mutation ($input: CreateVirtualKeyInput!) { createVirtualKey(input: $input) { key { id } } }",
      {
        input: key,
      },
    );
    const { read } = limitsOf(gateway.admin, { id: input.id, keyId: createTeam.key.id });
    const { limits, defaultKeyLimits, virtualKeys } = await read();
    expect(limits).toEqual({
      ...NO_LIMITS,
      requestsPerMinute: 1,
      override: { requestsPerMinute: null, tokensPerMinute: null, ...override },
    });
    expect(defaultKeyLimits).toEqual({ ...NO_LIMITS, tokensPerMinute: 2, isEnforced: false });
    const ofKeys = new Map(virtualKeys.map(({ id, limits: own }: { id: string; limits: object }) => [id, own]));
    expect(ofKeys.get(createTeam.key.id)).toEqual(NO_LIMITS);
    ofKeys.delete(createTeam.key.id);
    expect([...ofKeys.values()]).toEqual([{ ...NO_LIMITS, concurrentCalls: 3 }]);
  });

  it("change field by field: what is absent stays, null removes, and null for all removes all", async () => {
    const team = await gateway.world.team();
    const { set, setOfKeys, read } = limitsOf(gateway.admin, team);
    await set({ requestsPerMinute: 1, tokensPerMinute: 2, concurrentCalls: 3 });
    await setOfKeys({ requestsPerMinute: 4 });
    expect(await set({ tokensPerMinute: null, isEnforced: false })).toEqual({
      ...NO_LIMITS,
      requestsPerMinute: 1,
      concurrentCalls: 3,
      isEnforced: false,
    });
    expect(await set({ requestsPerMinute: 5 })).toMatchObject({ requestsPerMinute: 5, isEnforced: false });
    expect(await set({ override: { requestsPerMinute: 6, until: inMs(9) } })).toMatchObject({
      override: { requestsPerMinute: 6 },
    });
    expect(await set({ override: null })).toMatchObject({ requestsPerMinute: 5, override: null });
    expect(await set(null)).toEqual(NO_LIMITS);
    expect((await read()).defaultKeyLimits).toMatchObject({ requestsPerMinute: 4 });
  });

  it("lose nothing if many change different fields at the same time", async () => {
    const team = await gateway.world.team();
    const { set, setOfKey, read } = limitsOf(gateway.admin, team);
    const changes = [{ requestsPerMinute: 1 }, { tokensPerMinute: 2 }, { concurrentCalls: 3 }, { isEnforced: false }];
    await Promise.all(changes.flatMap((change) => [set(change), setOfKey(change)]));
    const all = { ...NO_LIMITS, requestsPerMinute: 1, tokensPerMinute: 2, concurrentCalls: 3, isEnforced: false };
    const { limits, virtualKeys } = await read();
    expect([limits, virtualKeys[0].limits]).toEqual([all, all]);
  });

  it.each([
    [{ requestsPerMinute: 0 }, "input.limits.requestsPerMinute must not be less than 1, got 0."],
    [{ tokensPerMinute: -1 }, "input.limits.tokensPerMinute must not be less than 1, got -1."],
    [
      { override: { concurrentCalls: 0, until: inMs(9) } },
      "input.limits.override.concurrentCalls must not be less than 1, got 0.",
    ],
    [{ override: { until: inMs(0) } }, `input.limits.override.until must be in the future, got "${inMs(0)}".`],
  ])("are refused with the field, what it got and what is allowed: %j", async (limits, message) => {
    const { id, keyId } = await gateway.world.team();
    const ofTeam = await gateway.admin.refusal("INVALID_INPUT", UPDATE_TEAM, { input: { id, limits } });
    const ofKey = await gateway.admin.refusal("INVALID_INPUT", UPDATE_KEY, { input: { id: keyId, limits } });
    expect([ofTeam.message, ofKey.message]).toEqual([message, message]);
    const ofKeys = await gateway.admin.refusal("INVALID_INPUT", UPDATE_TEAM, {
      input: { id, defaultKeyLimits: limits },
    });
    expect(ofKeys.message).toBe(message.replace("input.limits", "input.defaultKeyLimits"));
  });

  it("are the admin's to change, and a team's to read", async () => {
    const team = await gateway.world.team();
    await limitsOf(gateway.admin, team).set({ requestsPerMinute: 7 });
    await team.client.refusal("FORBIDDEN", UPDATE_TEAM, { input: { id: team.id, limits: null } });
    await team.client.refusal("FORBIDDEN", UPDATE_KEY, { input: { id: team.keyId, limits: null } });
    const { viewer } = await team.client.data(
      "{ viewer { ... on TeamViewer { team { limits { requestsPerMinute } } } } }",
    );
    expect(viewer.team.limits).toEqual({ requestsPerMinute: 7 });
    await gateway.admin.refusal("NOT_FOUND", UPDATE_TEAM, { input: { id: name("team"), limits: null } });
    await gateway.admin.refusal("NOT_FOUND", UPDATE_KEY, { input: { id: team.id, limits: null } });
  });

  it("hold at once in the process that changed them, and a call that runs goes on", async () => {
    const team = await gateway.world.team();
    const { set } = limitsOf(gateway.admin, team);
    const input = (await team.job()).callInput();
    await team.client.data(RUN_LLM_CALL, { input });
    await set({ requestsPerMinute: 1 });
    await team.client.data(RUN_LLM_CALL, { input });
    await team.client.refusal("RATE_LIMITED", RUN_LLM_CALL, { input });
    await set({ requestsPerMinute: 2 });
    await team.client.data(RUN_LLM_CALL, { input });
  });
});
