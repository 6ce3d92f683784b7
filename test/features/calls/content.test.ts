import { describe, expect, it } from "vitest";
import { FakeClock } from "../../kit/gateway/clock.js";
import { useGateway } from "../../kit/gateway/gateway.js";
import { runTasks } from "../../kit/gateway/tasks.js";

const HOUR = 3_600_000;

describe("the content of calls", () => {
  const clock = new FakeClock();
  const gateway = useGateway({ upstream: "scripted", clock });

  it("is forgotten after 30 days, and the figures are kept", async () => {
    const job = await (await gateway.world.team()).job();
    const { id } = await job.call();
    await job.complete();
    const beside = { reasoning: "I think.", extensions: { citations: ["a"] } };
    await gateway.database.db.llmCall.update({ where: { id }, data: beside });
    await clock.advance(30 * 24 * HOUR + 1);
    await runTasks(gateway.app);
    const { llmCall } = await job.team.client.data(
      `query ($id: ID!) { llmCall(id: $id) { status content usage { totalTokens } } }`,
      { id },
    );
    expect(llmCall).toEqual({ status: "SUCCEEDED", content: null, usage: { totalTokens: 18 } });
    expect(await gateway.database.db.llmCall.findUnique({ where: { id } })).toMatchObject({
      reasoning: null,
      extensions: {},
      toolCalls: [],
    });
  });
});
