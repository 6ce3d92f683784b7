import { describe, expect, it } from "vitest";
import { useGateway } from "../../kit/gateway/gateway.js";
import { scriptedJob } from "../../kit/scripted-job.js";
import { heldStream } from "../../kit/upstream/upstream-streams.js";

const gateway = useGateway({ upstream: "scripted" });

describe("streams that have become long", () => {
  it("go on side by side, because only a piece of each is in memory", async () => {
    const long = Array.from({ length: 5 }, async () => {
      const upstream = heldStream();
      const job = await scriptedJob(gateway, upstream);
      const events = gateway.socket(job.team.secret).stream(job.callInput());
      await upstream.arrived;
      for (let sent = 0; sent <= 17; sent++) upstream.raw(`: ${" ".repeat(1_024 * 1_024)}\n\n`);
      upstream.text("Hi.");
      await events.until("LlmCallDelta");
      return { upstream, events };
    });
    for (const { upstream, events } of await Promise.all(long)) {
      upstream.finish();
      expect((await events.until("LlmCallFinished")).call).toMatchObject({ status: "SUCCEEDED", content: "Hi." });
    }
  });
});
