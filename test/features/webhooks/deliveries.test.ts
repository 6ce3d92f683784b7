import type { ServerResponse } from "node:http";
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { FakeClock } from "../../kit/gateway/clock.js";
import { useGateway } from "../../kit/gateway/gateway.js";
import { runTasks } from "../../kit/gateway/tasks.js";
import { answers, startReceiver, useReceiver } from "../../kit/webhooks/receiver.js";
import {
  createWebhook,
  deliveriesOf,
  REPLAY,
  send,
  TEST_WEBHOOK,
  UPDATE_WEBHOOK,
} from "../../kit/webhooks/webhooks.js";
import type { TestTeam } from "../../kit/world.js";

const HOUR_MS = 3_600_000;
const clock = new FakeClock();
const gateway = useGateway({ clock, env: { WEBHOOK_PRIVATE_NETWORKS: "allow" } });
const receiver = useReceiver();
let team: TestTeam;
let id: string;

beforeAll(() => gateway.server.background.stop());
beforeEach(async () => {
  // What the test before has left is nobody's any more.
  await gateway.database.db.webhook.updateMany({ data: { isEnabled: false } });
  receiver.received.length = 0;
  receiver.behaviour = answers(200);
  team = await gateway.world.team();
  ({ id } = await createWebhook(gateway.admin, { url: receiver.url, events: ["JOB_COMPLETED"], teamId: team.id }));
});

const complete = async () => (await team.job()).complete();
const latest = async () => (await deliveriesOf(gateway.admin, id))[0];
const msUntilNext = async () => Date.parse((await latest()).nextTryAt) - clock.now().getTime();
/** Moves time to the next try, and does it. */
const nextTry = async () => {
  await clock.advance(await msUntilNext());
  await send(gateway);
};

describe("an event that does not arrive", () => {
  it.each([500, 404, 429, 302])("because the receiver answers %i is tried again, with the same id", async (status) => {
    receiver.behaviour = answers(status, status === 302 ? { location: "http://127.0.0.1:1/" } : {});
    await complete();
    await send(gateway);
    const failed = await latest();
    expect(failed).toMatchObject({ status: "PENDING", tries: [{ httpStatus: status, at: clock.now().toISOString() }] });
    expect(failed.tries[0].error).toMatch(`The receiver answered with the status ${status}.`);
    expect(JSON.stringify(failed)).not.toContain("own words");
    // Nothing is due before.
    await send(gateway);
    expect(receiver.received).toHaveLength(1);
    receiver.behaviour = answers(204);
    await nextTry();
    expect(await latest()).toMatchObject({
      status: "DELIVERED",
      tries: [{ httpStatus: status }, { httpStatus: 204, error: null }],
    });
    const [first, second] = receiver.received;
    expect(second).toMatchObject({ id: first?.id, text: first?.text });
  });

  it("because nobody listens is tried again, until the receiver is back", async () => {
    const other = await startReceiver();
    await gateway.admin.data(UPDATE_WEBHOOK, { input: { id, url: other.url } });
    await other.close();
    await complete();
    await send(gateway);
    expect((await latest()).tries).toMatchObject([
      { httpStatus: null, error: "The receiver cannot be reached: ECONNREFUSED." },
    ]);
    const back = await startReceiver(Number(new URL(other.url).port));
    await nextTry();
    expect(back.received).toHaveLength(1);
    await back.close();
  });

  it("is tried 11 times within 24 hours, then given up, and its replay is tried as often", async () => {
    receiver.behaviour = answers(503);
    await complete();
    const begin = clock.now().getTime();
    await send(gateway);
    const waits: number[] = [];
    for (let delivery = await latest(); delivery.status === "PENDING"; delivery = await latest()) {
      waits.push(await msUntilNext());
      await nextTry();
    }
    const seconds = [5, 30, 120, 600, 1_800, 3_600, 7_200, 14_400, 28_800, 28_800];
    expect(waits).toHaveLength(seconds.length);
    for (const [index, wait] of waits.entries()) {
      expect(wait).toBeGreaterThanOrEqual((seconds[index] ?? 0) * 1_000);
      expect(wait).toBeLessThanOrEqual((seconds[index] ?? 0) * 1_100);
    }
    expect(clock.now().getTime() - begin).toBeGreaterThan(23 * HOUR_MS);
    const failed = await latest();
    expect(failed).toMatchObject({ status: "FAILED", nextTryAt: null });
    expect(failed.tries).toHaveLength(11);
    const { replayWebhookDelivery } = await gateway.admin.data(REPLAY, { id: failed.id });
    expect(replayWebhookDelivery).toMatchObject({ status: "PENDING", eventId: failed.eventId });
    receiver.behaviour = answers(200);
    await send(gateway);
    expect(await latest()).toMatchObject({ status: "DELIVERED" });
    expect(new Set(receiver.received.map((each) => each.id))).toEqual(new Set([failed.eventId]));
  });

  it("waits for longer if the receiver asks for it", async () => {
    receiver.behaviour = answers(429, { "retry-after": "100" });
    await complete();
    await send(gateway);
    expect(await msUntilNext()).toBe(100_000);
  });

  it("because the receiver is gone disables the webhook, and what waits is given up", async () => {
    receiver.behaviour = answers(410);
    await complete();
    await complete();
    await send(gateway);
    const { webhook } = await gateway.admin.data("query ($id: ID!) { webhook(id: $id) { isEnabled } }", { id });
    expect(webhook.isEnabled).toBe(false);
    const lines = await gateway.database.db.auditEntry.findMany({
      where: { subjectId: id, operation: "updateWebhook" },
    });
    expect(lines, "Both have heard it, and one has disabled the webhook.").toMatchObject([
      { actor: "gateway", requestId: "delivery", organizationId: team.organizationId, after: '{"isEnabled":false}' },
    ]);
    await complete();
    await runTasks(gateway.app);
    expect((await deliveriesOf(gateway.admin, id)).map(({ status }: { status: string }) => status)).toEqual([
      "FAILED",
      "FAILED",
    ]);
    await gateway.admin.refusal("INVALID_STATE", TEST_WEBHOOK, { id });
    await gateway.admin.refusal("INVALID_STATE", REPLAY, { id: (await latest()).id });
  });
});

it("a slow receiver does not keep others waiting", async () => {
  const hanging: ServerResponse[] = [];
  receiver.behaviour = (response) => void hanging.push(response);
  for (let jobs = 0; jobs < 6; jobs++) await complete();
  const other = await startReceiver();
  await createWebhook(gateway.admin, { url: other.url, events: ["JOB_COMPLETED"], teamId: team.id });
  await complete();
  await gateway.app.webhooks.sender.round();
  await other.until(1);
  // Four at a time, and none of them has been answered.
  expect(receiver.received.length).toBeLessThanOrEqual(4);
  receiver.behaviour = answers(200);
  for (const response of hanging) response.end();
  await gateway.app.webhooks.sender.idle();
  await other.close();
});

it("events of one subject arrive in their order, and a later one waits for an earlier one", async () => {
  const poor = await gateway.world.team({ credits: 2, billing: { lowCreditsThresholds: [1] } });
  const events = ["CREDITS_LOW", "CREDITS_EXHAUSTED"];
  ({ id } = await createWebhook(gateway.admin, { url: receiver.url, events, teamId: poor.id }));
  receiver.behaviour = answers(500);
  await poor.job();
  await send(gateway);
  await poor.job();
  await send(gateway);
  await send(gateway);
  expect(receiver.received.map(({ event }) => event.type)).toEqual(["credits.low"]);
  receiver.behaviour = answers(200);
  const first = (await deliveriesOf(gateway.admin, id, { event: ["CREDITS_LOW"] }))[0];
  await clock.advance(Date.parse(first.nextTryAt) - clock.now().getTime());
  // The end of the first makes room for the second.
  await send(gateway);
  expect(receiver.received.map(({ event }) => event.type)).toEqual(["credits.low", "credits.low", "credits.exhausted"]);
});

it("what has waited behind an event for 24 hours is tried once, so that nothing piles up", async () => {
  const poor = await gateway.world.team({ credits: 2, billing: { lowCreditsThresholds: [1] } });
  const events = ["CREDITS_LOW", "CREDITS_EXHAUSTED"];
  ({ id } = await createWebhook(gateway.admin, { url: receiver.url, events, teamId: poor.id }));
  receiver.behaviour = answers(500);
  await poor.job();
  await poor.job();
  await send(gateway);
  await clock.advance(24 * HOUR_MS);
  await send(gateway);
  const ended = await deliveriesOf(gateway.admin, id);
  const tries = Object.fromEntries(
    ended.map(({ event, tries: list }: { event: string; tries: object[] }) => [event, list.length]),
  );
  expect(tries).toEqual({ CREDITS_LOW: 2, CREDITS_EXHAUSTED: 1 });
  expect(new Set(ended.map(({ status }: { status: string }) => status))).toEqual(new Set(["FAILED"]));
});
