import { expect, it } from "vitest";
import { useGateway } from "../../kit/gateway/gateway.js";
import { useReceiver, verify } from "../../kit/webhooks/receiver.js";
import { createWebhook, deliveriesOf } from "../../kit/webhooks/webhooks.js";

const gateway = useGateway({ env: { WEBHOOK_PRIVATE_NETWORKS: "allow" } });
const receiver = useReceiver();

it("a job that completes is told by a signed request, with the data that REST has", async () => {
  const team = await gateway.world.team();
  const webhook = await createWebhook(gateway.admin, { url: receiver.url, events: ["JOB_COMPLETED"], teamId: team.id });
  const job = await team.job();
  await job.call();
  await job.complete();
  const received = await receiver.first();
  expect(verify(received, webhook.secret)).toMatchObject({ type: "job.completed", data: { job_id: job.id } });
  const rest = gateway.rest(team.secret);
  const { costs } = await rest.ok("GET", `/api/jobs/${job.id}/costs`);
  const { costs: told, ...data } = received.event.data;
  expect(data).toEqual(await rest.ok("GET", `/api/jobs/${job.id}`));
  expect(told).toEqual(costs);
  await gateway.app.webhooks.sender.idle();
  const [delivery] = await deliveriesOf(gateway.admin, webhook.id);
  expect(delivery).toMatchObject({
    status: "DELIVERED",
    eventId: received.id,
    payload: received.event,
    nextTryAt: null,
  });
  expect(delivery.tries).toEqual([{ at: expect.any(String), httpStatus: 200, error: null, ms: expect.any(Number) }]);
});
