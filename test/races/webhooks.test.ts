import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createPostgresUrl, hasPostgres } from "../kit/database/database.js";
import { FakeClock } from "../kit/gateway/clock.js";
import { type Gateway, startGateway } from "../kit/gateway/gateway.js";
import { buildGateway, startGatewayProcess } from "../kit/gateway/gateway-process.js";
import { answers, type Received, useReceiver, verifyAt } from "../kit/webhooks/receiver.js";
import { createWebhook, deliveriesOf, send } from "../kit/webhooks/webhooks.js";

const EVENTS = ["JOB_COMPLETED", "CREDITS_LOW", "CREDITS_EXHAUSTED"];
const ENV = { WEBHOOK_PRIVATE_NETWORKS: "allow" };
const typesOf = (received: readonly Received[], type: string) => received.filter(({ event }) => event.type === type);

describe.skipIf(!hasPostgres())("webhooks of two processes on one database", { timeout: 120_000 }, () => {
  const clock = new FakeClock();
  const receiver = useReceiver();
  let databaseUrl: string;
  let one: Gateway;
  let other: Gateway;

  beforeAll(async () => {
    databaseUrl = await createPostgresUrl();
    one = await startGateway({ databaseUrl, clock, env: ENV });
    other = await startGateway({ databaseUrl, env: ENV });
    await Promise.all([one, other].map(({ server }) => server.background.stop()));
  }, 120_000);
  afterAll(async () => {
    await other?.close();
    await one?.close();
  });
  beforeEach(() => {
    receiver.received.length = 0;
    receiver.behaviour = answers(200);
  });

  /** Both send at the same time, until nothing is due. */
  const sendAll = async () => {
    for (let count = -1; receiver.received.length > count; ) {
      count = receiver.received.length;
      await Promise.all([one, other].map(send));
    }
  };

  it("tell each event once, whichever process causes and whichever sends it", async () => {
    const team = await one.world.team({ credits: 60, billing: { lowCreditsThresholds: [40, 20] } });
    const teams = [team, team.on((secret) => other.client(secret))];
    const { id, secret } = await createWebhook(one.admin, { url: receiver.url, events: EVENTS, teamId: team.id });
    const jobs = await Promise.all(Array.from({ length: 60 }, (_, index) => (teams[index % 2] as typeof team).job()));
    const sending = sendAll();
    await Promise.all(jobs.map((job) => job.complete()));
    await sending;
    await sendAll();
    const { received } = receiver;
    expect(
      typesOf(received, "job.completed")
        .map(({ event }) => event.data.job_id)
        .sort(),
    ).toEqual(jobs.map((job) => job.id).sort());
    // One statement may hold the credits of several jobs, so that it crosses both thresholds.
    const low = typesOf(received, "credits.low").map(({ event }) => event.data.threshold);
    expect([[40, 20], [20]]).toContainEqual(low);
    expect(typesOf(received, "credits.exhausted")).toHaveLength(1);
    expect(new Set(received.map((each) => each.id)).size).toBe(received.length);
    for (const each of received) expect(() => verifyAt(each, secret)).not.toThrow();
    expect(await deliveriesOf(one.admin, id, { status: ["PENDING", "FAILED"] })).toEqual([]);
  });

  it("give back what has no answer when a process stops, without counting it as tried", async () => {
    const team = await one.world.team();
    const { id } = await createWebhook(one.admin, { url: receiver.url, events: ["JOB_COMPLETED"], teamId: team.id });
    const third = await startGateway({ databaseUrl, env: { ...ENV, SHUTDOWN_GRACE_MS: "0" } });
    receiver.behaviour = () => undefined;
    await (await team.job()).complete();
    await receiver.until(1);
    await third.close();
    expect(await deliveriesOf(one.admin, id)).toMatchObject([{ status: "PENDING", tries: [] }]);
    receiver.behaviour = answers(200);
    await send(other);
    expect(await deliveriesOf(one.admin, id)).toMatchObject([{ status: "DELIVERED", tries: [{ httpStatus: 200 }] }]);
  });

  it("tell again what a killed process has taken up, and not noted", async () => {
    buildGateway();
    const team = await one.world.team();
    await createWebhook(one.admin, { url: receiver.url, events: ["JOB_COMPLETED"], teamId: team.id });
    const process = await startGatewayProcess({ DATABASE_URL: databaseUrl, ...ENV });
    // It does not answer, so that nothing can be noted.
    receiver.behaviour = () => undefined;
    const job = await team.job();
    await job.complete();
    await receiver.until(1);
    await process.kill();
    receiver.behaviour = answers(200);
    await Promise.all([one, other].map(send));
    expect(receiver.received).toHaveLength(1);
    await clock.advance(30_001);
    await Promise.all([one, other].map(send));
    const [first, second] = receiver.received;
    expect(receiver.received).toHaveLength(2);
    expect(second).toMatchObject({ id: first?.id, text: first?.text });
  });
});
