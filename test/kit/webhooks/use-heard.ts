import { beforeAll, beforeEach } from "vitest";
import type { Gateway } from "../gateway/gateway.js";
import { runTasks } from "../gateway/tasks.js";
import { useReceiver } from "./receiver.js";
import { createWebhook, send } from "./webhooks.js";

/** Receives events of a gateway whose background does not run by itself. Each test begins with no webhook and no event. */
export function useHeard(gateway: Gateway) {
  const receiver = useReceiver();
  beforeAll(() => gateway.server.background.stop());
  beforeEach(async () => {
    await gateway.database.db.webhook.updateMany({ data: { isEnabled: false } });
    receiver.received.length = 0;
  });
  const hear = (events: string[], owner: object = {}) =>
    createWebhook(gateway.admin, { url: receiver.url, events, ...owner });
  /** What has been received so far, without the envelope of the events. */
  const told = async () => {
    await runTasks(gateway.app);
    await send(gateway);
    return receiver.received.map(({ event }) => [event.type, event.data]);
  };
  const types = async () => (await told()).map(([type]) => type);
  return { receiver, hear, told, types };
}
