import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { expect, it } from "vitest";
import { freePort } from "../kit/free-port.js";
import { useGateway } from "../kit/gateway/gateway.js";
import { createWebhook, deliveriesOf } from "../kit/webhooks/webhooks.js";

const gateway = useGateway({ env: { WEBHOOK_PRIVATE_NETWORKS: "allow" } });

it("examples/webhooks/receiver.ts prints an event, and refuses one that somebody else has signed", async () => {
  const port = await freePort();
  const team = await gateway.world.team();
  const url = `http://127.0.0.1:${port}/`;
  const { secret } = await createWebhook(gateway.admin, { url, events: ["JOB_COMPLETED"], teamId: team.id });
  const strange = await createWebhook(gateway.admin, { url, events: ["JOB_COMPLETED"], teamId: team.id });
  const child = spawn(process.execPath, ["--import", "tsx", "examples/webhooks/receiver.ts"], {
    env: { ...process.env, PORT: String(port), TOLLGATE_WEBHOOK_SECRET: secret },
    stdio: ["ignore", "pipe", "inherit"],
  });
  try {
    const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
    expect((await lines.next()).value).toBe(`Listening on port ${port}.`);
    const job = await team.job();
    await job.complete();
    const line = String((await lines.next()).value);
    expect(line).toMatch(/^job\.completed \{/);
    expect(JSON.parse(line.slice("job.completed ".length))).toMatchObject({ job_id: job.id, status: "completed" });
    const refused = async () => (await deliveriesOf(gateway.admin, strange.id))[0]?.tries[0]?.httpStatus;
    await expect.poll(refused, { timeout: 10_000 }).toBe(401);
  } finally {
    child.kill();
  }
});
