import { beforeAll, beforeEach, expect, it } from "vitest";
import { Metrics } from "../kit/clients/metrics.js";
import { FakeClock } from "../kit/gateway/clock.js";
import { ADMIN_KEY, useGateway } from "../kit/gateway/gateway.js";
import { LogLines } from "../kit/log-lines.js";
import { answers, useReceiver } from "../kit/webhooks/receiver.js";
import { createWebhook, send, TEST_WEBHOOK } from "../kit/webhooks/webhooks.js";

const lines = new LogLines("trace");
const clock = new FakeClock();
const gateway = useGateway({ clock, log: lines.log, env: { WEBHOOK_PRIVATE_NETWORKS: "allow" } });
const receiver = useReceiver();

beforeAll(() => gateway.server.background.stop());
beforeEach(() => {
  receiver.behaviour = answers(200);
});

const metrics = () => Metrics.of(gateway.url, ADMIN_KEY);

it("The metrics tell what becomes of deliveries, how many wait, and for how long the first has been due.", async () => {
  const { id } = await createWebhook(gateway.admin, { url: receiver.url, events: ["JOB_FAILED"] });
  await gateway.admin.data(TEST_WEBHOOK, { id });
  receiver.behaviour = answers(503);
  await send(gateway);
  const failed = await metrics();
  expect(failed.sum("tollgate_webhook_deliveries_total", { event: "webhook.test", outcome: "failed" })).toBe(1);
  expect(failed.sum("tollgate_webhook_pending_deliveries", {})).toBe(1);
  expect(failed.sum("tollgate_webhook_outbox_age_seconds", {})).toBe(0);
  await clock.advance(60_000);
  // It was due after 5 seconds and a bit.
  expect((await metrics()).sum("tollgate_webhook_outbox_age_seconds", {})).toBeGreaterThan(54);
  receiver.behaviour = answers(200);
  await send(gateway);
  const delivered = await metrics();
  expect(delivered.sum("tollgate_webhook_deliveries_total", { outcome: "delivered" })).toBe(1);
  expect(delivered.sum("tollgate_webhook_pending_deliveries", {})).toBe(0);
  expect(delivered.sum("tollgate_webhook_delivery_seconds_sum", {})).toBe(60);
});

it("What waits behind an event that is to be tried later is not due.", async () => {
  const { id } = await createWebhook(gateway.admin, { url: receiver.url, events: ["JOB_FAILED"] });
  receiver.behaviour = answers(429, { "retry-after": "600" });
  // They have the same subject.
  for (let tests = 0; tests < 2; tests++) await gateway.admin.data(TEST_WEBHOOK, { id });
  await send(gateway);
  await clock.advance(599_000);
  expect((await metrics()).sum("tollgate_webhook_outbox_age_seconds", {})).toBe(0);
  await clock.advance(2_000);
  expect((await metrics()).sum("tollgate_webhook_outbox_age_seconds", {})).toBe(1);
  receiver.behaviour = answers(200);
  await send(gateway);
});

it("A failed try is a line of the log, without the address, the secret or the data.", async () => {
  const url = `${receiver.url}/canary-of-the-path?key=canary-of-the-query`;
  const { id, secret } = await createWebhook(gateway.admin, { url, events: ["JOB_FAILED"] });
  const team = await gateway.world.team();
  const create = "mutation ($input: CreateJobInput!) { createJob(input: $input) { id } }";
  const { createJob } = await team.client.data(create, {
    input: { jobType: "test", metadata: { note: "canary-of-the-metadata" } },
  });
  const end =
    'mutation ($id: ID!) { completeJob(input: { jobId: $id, status: FAILED, errorMessage: "canary" }) { job { id } } }';
  receiver.behaviour = answers(500);
  await team.client.data(end, { id: createJob.id });
  await send(gateway);
  const line = lines.of("An event did not arrive at a webhook.").find(({ webhookId }) => webhookId === id);
  expect(line).toMatchObject({ level: 40, eventType: "job.failed", status: 500 });
  expect(line?.ms).toBeTypeOf("number");
  expect(lines.text).not.toMatch(/canary|whsec_/);
  expect(lines.text).not.toContain(secret.slice(6));
});
