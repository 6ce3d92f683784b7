import { describe, expect, it } from "vitest";
import { inTransaction } from "../../../src/db/transaction.js";
import { CREATE_KEY, REVOKE } from "../../kit/credentials.js";
import { FakeClock } from "../../kit/gateway/clock.js";
import { useGateway } from "../../kit/gateway/gateway.js";
import { runTasks } from "../../kit/gateway/tasks.js";
import { tokens, usePricedModel } from "../../kit/priced-model.js";
import { useHeard } from "../../kit/webhooks/use-heard.js";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const clock = new FakeClock();
const gateway = useGateway({ clock, upstream: "scripted", env: { WEBHOOK_PRIVATE_NETWORKS: "allow" } });
const priced = usePricedModel(gateway);
const { receiver, hear, told, types } = useHeard(gateway);

describe("the end of a job", () => {
  const END = "mutation ($input: CompleteJobInput!) { completeJob(input: $input) { job { status } } }";

  it.each([
    ["COMPLETED", "job.completed"],
    ["FAILED", "job.failed"],
    ["CANCELLED", "job.cancelled"],
  ])("as %s is told as %s, and only to those who ask for it", async (status, type) => {
    const team = await gateway.world.team();
    await hear([`JOB_${status}`], { teamId: team.id });
    for (const each of ["COMPLETED", "FAILED", "CANCELLED"]) {
      const job = await team.job();
      const input = { jobId: job.id, status: each };
      await team.client.data(END, { input });
      // Asked for again, it is the same end.
      await team.client.data(END, { input });
    }
    expect(await types()).toEqual([type]);
  });

  it("by time is told as job.expired", async () => {
    const team = await gateway.world.team();
    await hear(["JOB_EXPIRED"], { teamId: team.id });
    const job = await team.job();
    await clock.advance(25 * HOUR_MS);
    await runTasks(gateway.app);
    await runTasks(gateway.app);
    expect(await told()).toMatchObject([["job.expired", { job_id: job.id, status: "expired", credit_applied: false }]]);
  });

  it("by the deletion of its team is told to the webhook of the team", async () => {
    const team = await gateway.world.team();
    await hear(["JOB_CANCELLED"], { teamId: team.id });
    await team.job();
    await gateway.admin.data("mutation ($id: ID!) { deleteTeam(id: $id) { id } }", { id: team.id });
    expect(await types()).toEqual(["job.cancelled"]);
  });

  it("that is rolled back is not told", async () => {
    const team = await gateway.world.team();
    await hear(["JOB_COMPLETED"], { teamId: team.id });
    const job = await team.job();
    const events = () => gateway.database.db.webhookEvent.count();
    const before = await events();
    const act = inTransaction(gateway.database.db, async ({ tx }) => {
      await tx.$executeRaw`UPDATE jobs SET status = 'COMPLETED', completed_at = tollgate_now(), credits_remaining = 1, held_credits = 0,
        credit_applied = TRUE, posted_credits = 1 WHERE id = ${job.id}::uuid`;
      expect(await tx.webhookEvent.count()).toBe(before + 1);
      throw new Error("It is undone.");
    });
    await expect(act).rejects.toThrow("It is undone.");
    expect(await events()).toBe(before);
  });

  it("is told to the webhooks of its team, its organization and the admin, and to no others, with the cost that each sees", async () => {
    const billing = { mode: "USD", creditsPerUsd: "10", markupPercent: "50" };
    const team = await priced.team({ credits: 20, billing });
    const other = await gateway.world.team();
    const events = ["JOB_COMPLETED"];
    const ids = {
      team: (await hear(events, { teamId: team.id })).id,
      organization: (await hear(events, { organizationId: team.organizationId })).id,
      admin: (await hear(events)).id,
      otherTeam: (await hear(events, { teamId: other.id })).id,
      otherOrganization: (await hear(events, { organizationId: other.organizationId })).id,
    };
    gateway.upstream.on(priced.model, tokens(1_000));
    const job = await team.job();
    await job.call();
    await job.complete();
    await told();
    const rows = await gateway.database.db.webhookDelivery.findMany({ where: { subject: `job/${job.id}` } });
    expect(rows.map(({ webhookId }) => webhookId).sort()).toEqual([ids.team, ids.organization, ids.admin].sort());
    const costs = receiver.received.map(({ event }) => event.data.costs.total_cost_usd).sort();
    expect(costs).toEqual([0.1, 0.15, 0.15]);
  });
});

describe("low credits", () => {
  it("are told once for each crossing, and the lowest of several thresholds that are crossed at once", async () => {
    const billing = { lowCreditsThresholds: [3], lowCreditsPercentThresholds: [80, 50] };
    const team = await gateway.world.team({ credits: 10, billing });
    await hear(["CREDITS_LOW", "CREDITS_EXHAUSTED"], { teamId: team.id });
    const jobs = [];
    for (let count = 0; count < 10; count++) jobs.push(await team.job());
    const figures = { team_id: team.id, allocated: 10 };
    expect(await told()).toEqual([
      ["credits.low", { ...figures, threshold: 8, threshold_percent: 80, available: 8, held: 2 }],
      ["credits.low", { ...figures, threshold: 5, threshold_percent: 50, available: 5, held: 5 }],
      ["credits.low", { ...figures, threshold: 3, threshold_percent: null, available: 3, held: 7 }],
      ["credits.exhausted", { ...figures, threshold: 0, threshold_percent: null, available: 0, held: 10 }],
    ]);
    // They were not above the threshold in between.
    receiver.received.length = 0;
    await jobs[0]?.complete();
    expect(await told()).toEqual([]);
    const adjust = "mutation ($input: AdjustCreditsInput!) { adjustCredits(input: $input) { id } }";
    await gateway.admin.data(adjust, { input: { teamId: team.id, credits: 11, reason: "More" } });
    await gateway.admin.data(adjust, { input: { teamId: team.id, credits: -9, reason: "Less" } });
    expect(await told()).toMatchObject([["credits.low", { threshold: 3, available: 2, allocated: 12 }]]);
  });

  it("of a team without thresholds are not told", async () => {
    const team = await gateway.world.team({ credits: 2 });
    await hear(["CREDITS_LOW", "CREDITS_EXHAUSTED"], { organizationId: team.organizationId });
    await team.job();
    expect(await types()).toEqual([]);
    await team.job();
    expect(await types()).toEqual(["credits.exhausted"]);
  });
});

it("A threshold that somebody wrote into the database as 1.0 refuses no job.", async () => {
  const team = await gateway.world.team({ credits: 2 });
  await gateway.database.db
    .$executeRaw`UPDATE teams SET low_credits_thresholds = '[1.0]', low_credits_percent_thresholds = '[5e1]' WHERE id = ${team.id}`;
  await hear(["CREDITS_LOW"], { teamId: team.id });
  await team.job();
  expect(await told()).toMatchObject([["credits.low", { threshold: 1, available: 1 }]]);
});

describe("a key that expires", () => {
  it("is told of once, seven days before, and again if it is given another time", async () => {
    const team = await gateway.world.team();
    await hear(["KEY_EXPIRING"], { organizationId: team.organizationId });
    const at = (days: number) => new Date(clock.now().getTime() + days * DAY_MS).toISOString();
    const key = async (days: number) =>
      (await gateway.admin.data(CREATE_KEY, { input: { teamId: team.id, expiresAt: at(days) } })).createVirtualKey.key;
    const soon = await key(8);
    await gateway.admin.data(REVOKE, { id: (await key(3)).id });
    const ofOrganization = await gateway.world.organizationKey(team.organizationId, { expiresAt: at(2) });
    await key(30);
    expect(await told()).toMatchObject([
      ["key.expiring", { key_id: ofOrganization.id, kind: "organization", team_id: null }],
    ]);
    receiver.received.length = 0;
    await clock.advance(2 * DAY_MS);
    expect(await told()).toEqual([
      [
        "key.expiring",
        {
          key_id: soon.id,
          kind: "virtual",
          organization_id: team.organizationId,
          team_id: team.id,
          name: null,
          prefix: soon.prefix,
          expires_at: soon.expiresAt,
        },
      ],
    ]);
    const change = "mutation ($input: UpdateVirtualKeyInput!) { updateVirtualKey(input: $input) { id } }";
    await gateway.admin.data(change, { input: { id: soon.id, expiresAt: at(5) } });
    receiver.received.length = 0;
    expect(await types()).toEqual(["key.expiring"]);
    expect(await types()).toHaveLength(1);
  });
});
