import { describe, expect, it } from "vitest";
import { FakeClock } from "../../kit/gateway/clock.js";
import { useGateway } from "../../kit/gateway/gateway.js";
import { runTasks } from "../../kit/gateway/tasks.js";
import { tokens, usePricedModel } from "../../kit/priced-model.js";
import { answer } from "../../kit/upstream/upstream-behaviours.js";
import { name, RUN_LLM_CALL, type TestTeam } from "../../kit/world.js";

const MINUTE_MS = 60_000;
const BILLING = `{ unpaidCostUsdPerDay isUnpaidCostEnforced unpaidCostOverride { unpaidCostUsdPerDay until }
  unpaidCostUsdToday unpaidCostWouldRefuse }`;
const UPDATE = `mutation ($input: UpdateTeamInput!) { updateTeam(input: $input) { billing ${BILLING} } }`;
const RESET = `mutation ($id: ID!) { resetTeamCounters(id: $id) { billing ${BILLING} } }`;
const READ = `query ($id: ID!) { team(id: $id) { billing ${BILLING} } }`;
const NONE = {
  unpaidCostUsdPerDay: null,
  isUnpaidCostEnforced: true,
  unpaidCostOverride: null,
  unpaidCostUsdToday: "0",
  unpaidCostWouldRefuse: 0,
};

describe("the limit of unpaid cost", () => {
  const clock = new FakeClock();
  const gateway = useGateway({ upstream: "scripted", clock });
  const priced = usePricedModel(gateway);

  const inMs = (ms: number) => new Date(clock.now().getTime() + ms).toISOString();
  const set = async ({ id }: TestTeam, billing: object) =>
    (await gateway.admin.data(UPDATE, { input: { id, billing } })).updateTeam.billing;
  const read = async ({ id }: TestTeam, client = gateway.admin) => (await client.data(READ, { id })).team.billing;
  const refusal = (team: TestTeam) =>
    team.client.refusal("BUDGET_EXCEEDED", RUN_LLM_CALL, {
      input: { modelGroup: team.modelGroup, messages: [{ role: "USER", content: "?" }] },
    });

  /** A team that has spent 0.06 USD in a job that failed, and as much in one that is open, and could spend 0.1 USD. */
  async function spender(billing: object = {}): Promise<TestTeam> {
    const team = await priced.team({ billing: { unpaidCostUsdPerDay: "0.1", ...billing } });
    gateway.upstream.on(priced.model, tokens(600));
    const failed = await team.job();
    await failed.call();
    await failed.complete({ status: "FAILED" });
    await (await team.job()).call();
    return team;
  }

  it("that is only measured lets calls through and counts them, and one that refuses counts too", async () => {
    const team = await spender();
    await refusal(team);
    expect(await set(team, { isUnpaidCostEnforced: false })).toMatchObject({ isUnpaidCostEnforced: false });
    for (let count = 0; count < 2; count++) await (await team.job()).call();
    await runTasks(gateway.app);
    expect(await read(team)).toEqual({
      ...NONE,
      unpaidCostUsdPerDay: "0.1",
      isUnpaidCostEnforced: false,
      unpaidCostUsdToday: "0.24",
      unpaidCostWouldRefuse: 3,
    });
    expect(await set(team, { isUnpaidCostEnforced: null })).toMatchObject({ isUnpaidCostEnforced: true });
    await refusal(team);
  });

  it("that is only measured needs no model with a price", async () => {
    const model = name("model");
    gateway.upstream.on(model, answer());
    const team = await gateway.world.team({ models: [model], billing: { unpaidCostUsdPerDay: "5" } });
    expect((await refusal(team)).extensions).toMatchObject({ budget: "UNPAID_COST", model });
    await set(team, { isUnpaidCostEnforced: false });
    await (await team.job()).call();
    await runTasks(gateway.app);
    // A cost that nobody knows reaches no limit.
    expect(await read(team)).toMatchObject({ unpaidCostUsdToday: "0", unpaidCostWouldRefuse: 1 });
  });

  it("is raised for a time, and then holds again by itself", async () => {
    const team = await spender();
    const unpaidCostOverride = { unpaidCostUsdPerDay: "0.15", until: inMs(MINUTE_MS) };
    expect(await set(team, { unpaidCostOverride })).toMatchObject({ unpaidCostUsdPerDay: "0.1", unpaidCostOverride });
    await (await team.job()).call();
    await refusal(team);
    await set(team, { unpaidCostOverride: { ...unpaidCostOverride, unpaidCostUsdPerDay: "9" } });
    await (await team.job()).call();
    await clock.advance(MINUTE_MS);
    expect(await read(team)).toMatchObject({ unpaidCostOverride: null });
    await refusal(team);
    await set(team, { unpaidCostOverride: { unpaidCostUsdPerDay: "9", until: inMs(1) } });
    await set(team, { unpaidCostOverride: null });
    await refusal(team);
  });

  it("can be there for a time only", async () => {
    const team = await priced.team();
    await set(team, { unpaidCostOverride: { unpaidCostUsdPerDay: "0", until: inMs(MINUTE_MS) } });
    await refusal(team);
    await clock.advance(MINUTE_MS);
    await (await team.job()).call();
  });

  it("begins anew when the admin resets the team's counters, but for what open jobs have cost", async () => {
    const team = await spender();
    await refusal(team);
    await runTasks(gateway.app);
    expect(await read(team)).toMatchObject({ unpaidCostUsdToday: "0.12", unpaidCostWouldRefuse: 1 });
    const { resetTeamCounters } = await gateway.admin.data(RESET, { id: team.id });
    expect(resetTeamCounters.billing).toEqual({ ...NONE, unpaidCostUsdPerDay: "0.1", unpaidCostUsdToday: "0.06" });
    await (await team.job()).call();
    await refusal(team);
  });

  it("is not reset by a key of the organization, which it protects the admin from", async () => {
    const team = await spender();
    const { team: owned } = await gateway.admin.data("query ($id: ID!) { team(id: $id) { organization { id } } }", {
      id: team.id,
    });
    const owner = await gateway.world.organizationKey(owned.organization.id);
    const { resetTeamCounters } = await owner.client.data(RESET, { id: team.id });
    expect(resetTeamCounters.billing).toMatchObject({ unpaidCostUsdToday: "0.12" });
    await refusal(team);
    await owner.client.data(RESET, { id: team.id });
    await runTasks(gateway.app);
    expect(await read(team)).toMatchObject({ unpaidCostWouldRefuse: 1 });
  });

  it("is shown to a team with the markup, as what counts is, so that the markup cannot be reckoned from both", async () => {
    const team = await spender({ markupPercent: "50" });
    const until = inMs(MINUTE_MS);
    await set(team, { unpaidCostOverride: { unpaidCostUsdPerDay: "0.2", until } });
    expect(await read(team)).toMatchObject({
      unpaidCostUsdToday: "0.12",
      unpaidCostUsdPerDay: "0.1",
      unpaidCostOverride: { unpaidCostUsdPerDay: "0.2", until },
    });
    expect(await read(team, team.client)).toMatchObject({
      unpaidCostUsdToday: "0.18",
      unpaidCostUsdPerDay: "0.15",
      unpaidCostOverride: { unpaidCostUsdPerDay: "0.3", until },
    });
  });

  it("is changed field by field: those who change different fields at once do not undo each other", async () => {
    const team = await priced.team();
    const until = inMs(MINUTE_MS);
    const unpaidCostOverride = { unpaidCostUsdPerDay: "7", until };
    const changes = [{ unpaidCostUsdPerDay: "3" }, { isUnpaidCostEnforced: false }, { unpaidCostOverride }];
    await Promise.all(changes.map((change) => set(team, change)));
    expect(await read(team)).toEqual({
      ...NONE,
      unpaidCostUsdPerDay: "3",
      isUnpaidCostEnforced: false,
      unpaidCostOverride,
    });
    expect(await set(team, { unpaidCostUsdPerDay: null })).toMatchObject({ unpaidCostOverride });
  });

  it.each([
    [
      "input.billing.unpaidCostOverride.until",
      () => ({ unpaidCostUsdPerDay: "1", until: inMs(0) }),
      "must be in the future",
    ],
    [
      "input.billing.unpaidCostOverride.unpaidCostUsdPerDay",
      () => ({ unpaidCostUsdPerDay: "1000001", until: inMs(1) }),
      "must be from 0 to 1000000",
    ],
  ])("refuses a wrong override, and names %s", async (field, unpaidCostOverride, rule) => {
    const team = await priced.team();
    const refused = await gateway.admin.refusal("INVALID_INPUT", UPDATE, {
      input: { id: team.id, billing: { unpaidCostOverride: unpaidCostOverride() } },
    });
    expect(refused.extensions.field).toBe(field);
    expect(refused.message).toContain(rule);
    expect(await read(team)).toEqual(NONE);
  });
});
