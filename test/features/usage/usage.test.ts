import { describe, expect, it } from "vitest";
import { useGateway } from "../../kit/gateway/gateway.js";
import { answer, error } from "../../kit/upstream/upstream-behaviours.js";
import { expectCountedUsage } from "../../kit/usage/expect-counted.js";
import { USAGE, USAGE_OF_ORGANIZATION, USAGE_OF_TEAM } from "../../kit/usage/report.js";
import { name, RUN_LLM_CALL } from "../../kit/world.js";

const DAY_MS = 86_400_000;
const today = () => {
  const now = Date.now();
  return { from: new Date(now - DAY_MS), to: new Date(now + DAY_MS), granularity: "ALL" };
};
const BILL = "mutation ($input: UpdateTeamInput!) { updateTeam(input: $input) { billing { creditPriceUsd } } }";

describe("usage", () => {
  const gateway = useGateway({ upstream: "scripted" });

  /** A team whose group has a model that fails, and one that answers. Both calls cost something. */
  async function teamWithFallback(billing: object = {}) {
    const [broken, steady] = [name("broken"), name("steady")];
    gateway.upstream.on(broken, error(503));
    gateway.upstream.on(steady, answer({ headers: { "x-litellm-response-cost": "0.000012" } }));
    const team = await gateway.world.team({ models: [broken, steady], billing });
    return { team, broken, steady };
  }
  const usageOf = async (id: string, input: object = {}, client = gateway.admin) =>
    (await client.data(USAGE_OF_TEAM, { id, input: { ...today(), ...input } })).team.usage;

  it("counts a call as soon as it is settled, and moves it when its job ends", async () => {
    const { team, broken, steady } = await teamWithFallback();
    const job = await team.job("review");
    await job.call();
    const byOutcome = async () =>
      (await usageOf(team.id, { groupBy: ["OUTCOME", "MODEL", "JOB_TYPE"] })).rows.map(
        ({ outcome, model, jobType, figures }: Record<string, object>) => [outcome, model, jobType, figures],
      );
    expect(await byOutcome()).toEqual([
      [
        "IN_PROGRESS",
        broken,
        "review",
        expect.objectContaining({ calls: 0, failedAttempts: expect.any(Number), costUsd: "0" }),
      ],
      [
        "IN_PROGRESS",
        steady,
        "review",
        expect.objectContaining({ calls: 1, callsRescued: 1, attempts: 1, costUsd: "0.000012" }),
      ],
    ]);
    await job.complete();
    const rows = await byOutcome();
    expect(rows.map(([outcome, model]: string[]) => [outcome, model])).toEqual([
      ["COMPLETED", null],
      ["COMPLETED", broken],
      ["COMPLETED", steady],
    ]);
    expect(rows[0][3]).toMatchObject({
      jobsCompleted: 1,
      creditsPosted: 1,
      calls: 0,
      costUsd: "0",
      costPerCompletedJobUsd: "0",
    });
    expect(rows[2][3]).toMatchObject({
      jobsCompleted: 0,
      calls: 1,
      costUsd: "0.000012",
      completedJobsCostUsd: "0.000012",
    });
  });

  it("tells the admin the real cost and the margin, and everybody else the cost with the markup", async () => {
    const { team } = await teamWithFallback({ markupPercent: "50", creditPriceUsd: "0.25" });
    const job = await team.job();
    await job.call();
    await job.complete();
    const failed = await team.job();
    await failed.call();
    await failed.complete({ status: "FAILED" });
    expect((await usageOf(team.id)).total).toMatchObject({
      jobsCompleted: 1,
      jobsFailed: 1,
      costUsd: "0.000024",
      unpaidJobsCostUsd: "0.000012",
      costPerCompletedJobUsd: "0.000012",
      revenueUsd: "0.25",
      marginUsd: "0.249976",
      creditsWithoutPrice: 0,
      errorRate: 0,
      fallbackRate: 1,
    });
    const hidden = { revenueUsd: null, marginUsd: null, creditsWithoutPrice: null };
    const shown = { costUsd: "0.000036", unpaidJobsCostUsd: "0.000018", costPerCompletedJobUsd: "0.000018" };
    expect((await usageOf(team.id, {}, team.client)).total).toMatchObject({ ...shown, ...hidden });
    const owner = await gateway.world.organizationKey(team.organizationId);
    expect((await usageOf(team.id, {}, owner.client)).total).toMatchObject({ ...shown, ...hidden });
  });

  it("reckons what credits were sold for by the price at which each job was opened", async () => {
    const { team } = await teamWithFallback({ creditPriceUsd: "0.5" });
    const early = await team.job();
    const { updateTeam } = await gateway.admin.data(BILL, { input: { id: team.id, billing: { creditPriceUsd: "2" } } });
    expect(updateTeam.billing.creditPriceUsd).toBe("2");
    const later = await team.job();
    await gateway.admin.data(BILL, { input: { id: team.id, billing: { creditPriceUsd: null } } });
    const unpriced = await team.job();
    for (const job of [early, later, unpriced]) await job.complete();
    const { total } = await usageOf(team.id);
    expect(total).toMatchObject({ creditsPosted: 3, revenueUsd: "2.5", marginUsd: "2.5", creditsWithoutPrice: 1 });
  });

  it("counts the call of a job of one call with its job, under its key", async () => {
    const { team } = await teamWithFallback();
    const input = { modelGroup: team.modelGroup, messages: [{ role: "USER", content: "Hello?" }] };
    await team.client.data(RUN_LLM_CALL, { input });
    const filter = { keyIds: [team.keyId.toUpperCase()] };
    const { rows } = await usageOf(team.id, { groupBy: ["KEY", "OUTCOME"], filter });
    expect(rows).toMatchObject([
      { keyId: team.keyId, outcome: "COMPLETED", figures: { calls: 1, jobsCompleted: 1, creditsPosted: 1 } },
    ]);
  });

  it("reaches what the viewer reaches, and no more", async () => {
    const [one, other] = [await teamWithFallback(), await teamWithFallback()];
    for (const { team } of [one, other]) await (await team.job()).complete();
    const byTeam = { ...today(), groupBy: ["TEAM"] };
    const teamsOf = async (client = gateway.admin, input: object = byTeam, query = USAGE, id = "") => {
      const data = await client.data(query, { input, id });
      return (data.usage ?? data.organization.usage).rows.map(({ teamId }: { teamId: string }) => teamId);
    };
    expect(await teamsOf(one.team.client)).toEqual([one.team.id]);
    const filter = { teamIds: [one.team.id, other.team.id, "absent"] };
    expect(await teamsOf(one.team.client, { ...byTeam, filter })).toEqual([one.team.id]);
    expect(await teamsOf(gateway.admin, { ...byTeam, filter })).toEqual([one.team.id, other.team.id].sort());
    expect(await teamsOf(gateway.admin, { ...byTeam, filter: { teamIds: [] } })).toEqual([]);
    expect(await teamsOf(gateway.admin, { ...byTeam, filter: { keyIds: [one.team.keyId, "none"] } })).toEqual([
      one.team.id,
    ]);
    const owner = await gateway.world.organizationKey(other.team.organizationId);
    expect(await teamsOf(owner.client)).toEqual([other.team.id]);
    expect(await teamsOf(one.team.client, byTeam, USAGE_OF_ORGANIZATION, one.team.organizationId)).toEqual([
      one.team.id,
    ]);
    const elsewhere = { ...byTeam, filter: { teamIds: [other.team.id] } };
    expect(await teamsOf(gateway.admin, elsewhere, USAGE_OF_ORGANIZATION, one.team.organizationId)).toEqual([]);
  });

  it.each([
    [{ to: new Date(0) }, "input.to must be after input.from"],
    [
      { from: new Date("2010-01-01T00:00:00Z"), to: new Date("2020-01-01T00:00:01Z") },
      "input.to must be at most 10 years after input.from",
    ],
    [
      { from: new Date("9999-01-01T00:00:00Z"), to: new Date("9999-12-31T23:00:00.001Z") },
      "input.to must not be in the last hour of the year 9999",
    ],
    [{ from: new Date("2024-01-01T00:00:00Z"), granularity: "HOUR" }, "input.granularity must be so coarse that"],
    [{ groupBy: ["TEAM", "TEAM"] }, "input.groupBy must not name a dimension twice"],
    [{ first: 0 }, "input.first must not be less than 1"],
    [{ first: 1001 }, "input.first must not be greater than 1000"],
    [{ after: "x" }, "input.after must be a cursor that such a report gave out"],
    [{ filter: { models: [" "] } }, "input.filter.models"],
  ])("refuses %j", async (input, message) => {
    const { errors } = await gateway.admin.send(USAGE, { input: { ...today(), ...input } });
    expect(errors?.[0]?.message).toContain(message);
    expect(errors?.[0]?.extensions.code).toBe("INVALID_INPUT");
  });

  it("takes no cursor of a report that is grouped otherwise", async () => {
    const { pageInfo } = (await gateway.admin.data(USAGE, { input: { ...today(), groupBy: ["TEAM"], first: 1 } }))
      .usage;
    expect(pageInfo).toMatchObject({ hasNextPage: true });
    const { errors } = await gateway.admin.send(USAGE, {
      input: { ...today(), groupBy: ["KEY"], after: pageInfo.endCursor },
    });
    expect(errors?.[0]?.extensions.code).toBe("INVALID_INPUT");
  });

  it("tells each figure by itself as it does with all others", async () => {
    const { total } = (await gateway.admin.data(USAGE, { input: today() })).usage;
    expect(total).toMatchObject({
      errorRate: expect.any(Number),
      marginUsd: expect.any(String),
      latencyMs: expect.any(Object),
    });
    for (const [figure, value] of Object.entries(total)) {
      const fields = figure.endsWith("Ms") ? `${figure} { p50 p95 p99 }` : figure;
      const query = `query ($input: UsageInput!) { usage(input: $input) { total { ${fields} } } }`;
      const { usage } = await gateway.admin.data(query, { input: today() });
      expect(usage.total).toEqual({ [figure]: value });
    }
  });

  it("equals the plain sums over all that was done here", async () => {
    await expectCountedUsage(gateway.admin, gateway.database.db);
  });
});
