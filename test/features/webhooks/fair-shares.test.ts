import type { ServerResponse } from "node:http";
import { beforeAll, expect, it } from "vitest";
import { FakeClock } from "../../kit/gateway/clock.js";
import { useGateway } from "../../kit/gateway/gateway.js";
import { runTasks } from "../../kit/gateway/tasks.js";
import { answers, useReceiver } from "../../kit/webhooks/receiver.js";
import { createWebhook, deliveriesOf, send, UPDATE_WEBHOOK } from "../../kit/webhooks/webhooks.js";

const EVENTS = ["JOB_COMPLETED"];
const gateway = useGateway({ clock: new FakeClock(), env: { WEBHOOK_PRIVATE_NETWORKS: "allow" } });
const receiver = useReceiver();

beforeAll(() => gateway.server.background.stop());

it("Many webhooks of one organization that do not answer leave room for others, also on the same host.", async () => {
  const slow = await gateway.world.team();
  const other = await gateway.world.team();
  const hanging: ServerResponse[] = [];
  receiver.behaviour = (response, { event }) =>
    event.data.team_id === slow.id ? void hanging.push(response) : void response.end();
  const input = { url: receiver.url, events: EVENTS };
  for (let webhooks = 0; webhooks < 18; webhooks++) await createWebhook(gateway.admin, { ...input, teamId: slow.id });
  const { id } = await createWebhook(gateway.admin, { ...input, teamId: other.id });
  for (let jobs = 0; jobs < 4; jobs++) await (await slow.job()).complete();
  await gateway.app.webhooks.sender.round();
  await (await other.job()).complete();
  await gateway.app.webhooks.sender.round();
  const arrived = await receiver.first(({ event }) => event.data.team_id === other.id);
  const [delivery] = await deliveriesOf(gateway.admin, id);
  expect(delivery.eventId).toBe(arrived.id);
  // None of the slow ones has made room for it.
  expect(hanging.length).toBeLessThanOrEqual(8);
  expect(await gateway.database.db.webhookDeliveryTry.count({ where: { httpStatus: null } })).toBe(0);
  receiver.behaviour = answers(200);
  for (const response of hanging) response.end();
  await gateway.app.webhooks.sender.idle();
});

it("A receiver that is gone does not disable a webhook that has another URL by then.", async () => {
  const team = await gateway.world.team();
  const { id } = await createWebhook(gateway.admin, { url: receiver.url, events: EVENTS, teamId: team.id });
  receiver.received.length = 0;
  const hanging: ServerResponse[] = [];
  receiver.behaviour = (response) => void hanging.push(response);
  await (await team.job()).complete();
  await gateway.app.webhooks.sender.round();
  await receiver.until(1);
  receiver.behaviour = answers(200);
  await gateway.admin.data(UPDATE_WEBHOOK, { input: { id, url: `${receiver.url}/new` } });
  for (const response of hanging) response.writeHead(410).end();
  await gateway.app.webhooks.sender.idle();
  const { webhook } = await gateway.admin.data("query ($id: ID!) { webhook(id: $id) { isEnabled } }", { id });
  expect(webhook.isEnabled).toBe(true);
  expect(await deliveriesOf(gateway.admin, id)).toMatchObject([{ status: "PENDING", tries: [{ httpStatus: 410 }] }]);
  await send(gateway);
});

it("What waits for a webhook that is not there any more is given up.", async () => {
  const team = await gateway.world.team();
  const { id } = await createWebhook(gateway.admin, { url: receiver.url, events: EVENTS, teamId: team.id });
  const job = await team.job();
  await job.complete();
  // A transaction that has seen the webhook may write after the row was removed.
  await gateway.database.db.webhook.delete({ where: { id } });
  await runTasks(gateway.app);
  const [delivery] = await gateway.database.db.webhookDelivery.findMany({ where: { subject: `job/${job.id}` } });
  expect(delivery).toMatchObject({ webhookId: id, status: "FAILED", nextTryAt: null });
});
