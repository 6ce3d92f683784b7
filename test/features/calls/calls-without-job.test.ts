import { describe, expect, it } from "vitest";
import { useGateway } from "../../kit/gateway/gateway.js";
import { error, litellmError } from "../../kit/upstream/upstream-behaviours.js";
import { name, RUN_LLM_CALL } from "../../kit/world.js";

describe("a call without a job", () => {
  const gateway = useGateway({ upstream: "scripted" });

  it("opens one, which is completed and paid for if the call succeeds", async () => {
    const team = await gateway.world.team({ credits: 1 });
    const input = { modelGroup: team.modelGroup, messages: [{ role: "USER", content: "Hello" }], jobType: "chat" };
    const { runLlmCall } = await team.client.data(RUN_LLM_CALL, { input });
    expect(runLlmCall).toMatchObject({ status: "SUCCEEDED", job: { status: "COMPLETED" } });
    expect(await team.credits()).toMatchObject({ used: 1, held: 0, available: 0 });
    await team.client.refusal("INSUFFICIENT_CREDITS", RUN_LLM_CALL, { input });
    const { jobs } = await team.client.data(
      `{ jobs { nodes { jobType status costs { totalCalls creditApplied creditsRemaining } } } }`,
    );
    expect(jobs.nodes).toEqual([
      { jobType: "chat", status: "COMPLETED", costs: { totalCalls: 1, creditApplied: true, creditsRemaining: 0 } },
    ]);
  });

  it("opens one that fails and costs nothing if the call fails", async () => {
    const failing = name("model");
    gateway.upstream.on(failing, error(500, litellmError(500)));
    const team = await gateway.world.team({ credits: 1, models: [failing] });
    const input = { modelGroup: team.modelGroup, messages: [{ role: "USER", content: "Hello" }] };
    const { runLlmCall } = await team.client.data(RUN_LLM_CALL, { input });
    expect(runLlmCall).toMatchObject({ status: "FAILED", job: { status: "FAILED" } });
    expect(await team.credits()).toMatchObject({ used: 0, held: 0, available: 1 });
  });
});
