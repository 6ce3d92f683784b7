import { beforeAll, describe, expect, it } from "vitest";
import { useGateway } from "../../kit/gateway/gateway.js";
import { type Behaviour, useReceiver } from "../../kit/webhooks/receiver.js";
import { createWebhook, deliveriesOf, send, TEST_WEBHOOK } from "../../kit/webhooks/webhooks.js";

// Only what hangs is sent here: on a busy machine, an answer may take as long.
const gateway = useGateway({ env: { WEBHOOK_PRIVATE_NETWORKS: "allow", WEBHOOK_TIMEOUT_MS: "300" } });
const receiver = useReceiver();

beforeAll(() => gateway.server.background.stop());

/** What became of an event that was sent once to a receiver that does this. */
async function sentTo(behaviour: Behaviour) {
  receiver.behaviour = behaviour;
  const { id } = await createWebhook(gateway.admin, { url: receiver.url, events: ["JOB_COMPLETED"] });
  await gateway.admin.data(TEST_WEBHOOK, { id });
  await send(gateway);
  return (await deliveriesOf(gateway.admin, id))[0];
}

describe("an event whose receiver hangs", () => {
  it("is tried again", async () => {
    expect(await sentTo(() => undefined)).toMatchObject({
      status: "PENDING",
      tries: [{ httpStatus: null, error: "The receiver did not answer within 300 ms." }],
    });
  });

  it("has arrived if the receiver has sent its status before", async () => {
    expect(await sentTo((response) => void response.writeHead(200).write("And"))).toMatchObject({
      status: "DELIVERED",
    });
  });
});
