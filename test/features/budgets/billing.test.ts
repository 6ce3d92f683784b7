import { describe, expect, it } from "vitest";
import { useGateway } from "../../kit/gateway/gateway.js";
import { tokens, usePricedModel } from "../../kit/priced-model.js";

const UPDATE = `mutation ($input: UpdateTeamInput!) { updateTeam(input: $input) { billing {
  mode creditsPerUsd tokensPerCredit markupPercent monthlyCredits lowCreditsThresholds lowCreditsPercentThresholds unpaidCostUsdPerDay } } }`;
const COSTS = "query ($id: ID!) { job(id: $id) { costs { totalCostUsd creditsPosted creditApplied } } }";

describe("billing", () => {
  const gateway = useGateway({ upstream: "scripted" });
  const priced = usePricedModel(gateway);

  it("shows a team its cost with the markup, exactly, and the admin the real one", async () => {
    const payer = await priced.team({
      credits: 20,
      billing: { mode: "USD", creditsPerUsd: "10", markupPercent: "12.3456" },
    });
    const job = await payer.job();
    gateway.upstream.on(priced.model, tokens(1_001));
    const call = await job.call();
    const COST = `query ($id: ID!) { llmCall(id: $id) { costUsd attempts { costUsd } job { costs { totalCostUsd } } } }`;
    const asTeam = {
      costUsd: "0.1124579456",
      attempts: [{ costUsd: "0.1124579456" }],
      job: { costs: { totalCostUsd: "0.1124579456" } },
    };
    expect((await payer.client.data(COST, { id: call.id })).llmCall).toEqual(asTeam);
    const real = { costUsd: "0.1001", attempts: [{ costUsd: "0.1001" }], job: { costs: { totalCostUsd: "0.1001" } } };
    expect((await gateway.admin.data(COST, { id: call.id })).llmCall).toEqual(real);
    await job.complete();
    expect(await payer.credits()).toMatchObject({ used: 2 });
    const closed = await gateway.admin.data(COSTS, { id: job.id });
    expect(closed.job.costs).toEqual({ totalCostUsd: "0.1001", creditsPosted: 2, creditApplied: true });
  });

  it("is set by the admin alone, field by field, and a wrong one is refused before anything is written", async () => {
    const payer = await priced.team();
    const update = async (billing: object) =>
      (await gateway.admin.data(UPDATE, { input: { id: payer.id, billing } })).updateTeam.billing;
    const standard = {
      mode: "JOB",
      creditsPerUsd: null,
      tokensPerCredit: null,
      markupPercent: "0",
      monthlyCredits: null,
      lowCreditsThresholds: [],
      lowCreditsPercentThresholds: [],
      unpaidCostUsdPerDay: null,
    };
    expect(await update({})).toEqual(standard);
    expect(await update({ mode: "USD", creditsPerUsd: "0.5" })).toEqual({
      ...standard,
      mode: "USD",
      creditsPerUsd: "0.5",
    });
    expect(await update({ lowCreditsPercentThresholds: [1, 99] })).toMatchObject({
      lowCreditsPercentThresholds: [99, 1],
    });
    expect(await update({ markupPercent: "7.5", lowCreditsThresholds: [5, 50] })).toMatchObject({
      lowCreditsPercentThresholds: [99, 1],
      mode: "USD",
      creditsPerUsd: "0.5",
      markupPercent: "7.5",
      lowCreditsThresholds: [50, 5],
    });
    expect(await update({ mode: "TOKENS", tokensPerCredit: 9 })).toMatchObject({
      creditsPerUsd: null,
      tokensPerCredit: 9,
    });
    const wrong: [string, object][] = [
      ["creditsPerUsd", { mode: "USD" }],
      ["creditsPerUsd", { creditsPerUsd: "1" }],
      ["creditsPerUsd", { mode: "USD", creditsPerUsd: "0" }],
      ["tokensPerCredit", { tokensPerCredit: null }],
      ["tokensPerCredit", { tokensPerCredit: 0 }],
      ["tokensPerCredit", { mode: "JOB", tokensPerCredit: 5 }],
      ["markupPercent", { markupPercent: "-1" }],
      ["markupPercent", { markupPercent: "1.00001" }],
      ["monthlyCredits", { monthlyCredits: 0 }],
      ["lowCreditsThresholds", { lowCreditsThresholds: [1, 1] }],
      ["lowCreditsThresholds", { lowCreditsThresholds: [-1] }],
      ["lowCreditsPercentThresholds", { lowCreditsPercentThresholds: [0] }],
      ["lowCreditsPercentThresholds", { lowCreditsPercentThresholds: [100] }],
      ["lowCreditsPercentThresholds", { lowCreditsPercentThresholds: [9, 9] }],
      ["unpaidCostUsdPerDay", { unpaidCostUsdPerDay: "-0.1" }],
    ];
    for (const [field, billing] of wrong) {
      const refusal = await gateway.admin.refusal("INVALID_INPUT", UPDATE, { input: { id: payer.id, billing } });
      expect(refusal.extensions.field, JSON.stringify(billing)).toBe(`input.billing.${field}`);
    }
    expect(await update({})).toMatchObject({ mode: "TOKENS", tokensPerCredit: 9, markupPercent: "7.5" });
    await payer.client.refusal("FORBIDDEN", UPDATE, { input: { id: payer.id, billing: {} } });
  });
});
