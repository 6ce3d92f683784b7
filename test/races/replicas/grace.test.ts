import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { canReplicate, useReplicas } from "../../kit/gateway/replicas.js";
import { remoteCall } from "../../kit/streams/remote-call.js";
import { LLM_CALL } from "../../kit/world.js";

const GRACE_MS = 700;

describe.runIf(canReplicate())("a streamed call whose client has gone away", { timeout: 120_000 }, () => {
  const replicas = useReplicas({ DISCONNECT_GRACE_MS: String(GRACE_MS) });

  const read = async (id: string) => (await replicas.witness.admin.data(LLM_CALL, { id })).llmCall;

  it("goes on while it has a follower in another process, and is cancelled when that one has left too", async () => {
    const { team, upstream, id, asker } = await remoteCall(replicas);
    const events = replicas.socket(replicas.b, team).follow(id);
    await events.until("LlmCallDelta");
    asker.drop();
    // Time has to pass: nothing else can show that the grace ends nothing.
    await sleep(6 * GRACE_MS);
    upstream.text("upon");
    expect((await events.until("LlmCallDelta")).content).toBe("upon");
    await events.leave();
    await upstream.closed;
    await expect
      .poll(() => read(id), { timeout: 10_000 })
      .toMatchObject({
        status: "CANCELLED",
        error: { message: "The call was cancelled: its client went away." },
        content: "Once upon",
      });
  });

  it("goes on, too, if its process stands still for so long that it hears nothing of the other", async () => {
    const paused = await replicas.start({ CALL_LEASE_MS: "60000" });
    const { team, upstream, id, asker } = await remoteCall(replicas, paused);
    const events = replicas.socket(replicas.b, team).follow(id);
    await events.until("LlmCallDelta");
    asker.drop();
    // Time has to pass: nothing else can show that it ends nothing.
    await sleep(2 * GRACE_MS);
    paused.signal("SIGSTOP");
    await sleep(4_500);
    paused.signal("SIGCONT");
    await sleep(2 * GRACE_MS);
    upstream.text("upon");
    upstream.finish();
    expect((await events.rest()).at(-1)).toMatchObject({ call: { status: "SUCCEEDED", content: "Once upon" } });
  });

  it("is cancelled if nobody follows it anywhere", async () => {
    const { upstream, id, asker } = await remoteCall(replicas);
    asker.drop();
    await upstream.closed;
    await expect.poll(() => read(id)).toMatchObject({ status: "CANCELLED" });
  });
});
