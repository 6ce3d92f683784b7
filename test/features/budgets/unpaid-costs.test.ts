import { beforeAll, describe, expect, it } from "vitest";
import { useGateway } from "../../kit/gateway/gateway.js";
import { answer } from "../../kit/upstream/upstream-behaviours.js";
import { name, RUN_LLM_CALL } from "../../kit/world.js";

describe("what is not paid for", () => {
  const gateway = useGateway({ upstream: "scripted" });
  let model: string;
  beforeAll(async () => {
    model = name("model");
    await gateway.admin.data(
      `mutation ($model: String!) {
        setModelPrice(input: { model: $model, inputUsdPerMillionTokens: "100", outputUsdPerMillionTokens: "100" }) { model } }`,
      { model },
    );
    // 0.06 USD.
    gateway.upstream.on(model, answer({ usage: { prompt_tokens: 0, completion_tokens: 600, total_tokens: 600 } }));
  });

  it("is bounded by unpaidCostUsdPerDay also within one job that is called failed after twenty answers", async () => {
    const team = await gateway.world.team({ models: [model], billing: { unpaidCostUsdPerDay: "0.1" } });
    const job = await team.job();
    let answered = 0;
    for (let count = 0; count < 20; count++) {
      const { data } = await team.client.send(RUN_LLM_CALL, { input: job.callInput() });
      if (data?.runLlmCall) answered += 1;
    }
    await job.complete({ status: "FAILED" });
    expect(await team.credits()).toMatchObject({ used: 0 });
    expect(answered * 0.06).toBeLessThan(0.2);
  });

  it("needs models with a price, so that it can be counted", async () => {
    const unpriced = name("model");
    gateway.upstream.on(unpriced, answer());
    const team = await gateway.world.team({ models: [unpriced], billing: { unpaidCostUsdPerDay: "5" } });
    const refusal = await team.client.refusal("BUDGET_EXCEEDED", RUN_LLM_CALL, {
      input: (await team.job()).callInput(),
    });
    expect(refusal.message).toContain(`The model "${unpriced}" has no price`);
  });
});
