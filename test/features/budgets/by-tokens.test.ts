import { describe, expect, it } from "vitest";
import { useGateway } from "../../kit/gateway/gateway.js";
import { expectSoundAudit, tokens, usePricedModel } from "../../kit/priced-model.js";

describe("a job that is billed by what its calls use", () => {
  const gateway = useGateway({ upstream: "scripted" });
  const priced = usePricedModel(gateway);

  it("by tokens takes a credit for each so many of them", async () => {
    const payer = await priced.team({ credits: 20, billing: { mode: "TOKENS", tokensPerCredit: 1_000 } });
    const job = await payer.job();
    gateway.upstream.on(priced.model, tokens(1_000));
    await job.call();
    expect(await payer.credits()).toMatchObject({ held: 1 });
    await job.call();
    gateway.upstream.on(priced.model, tokens(1));
    await job.call();
    expect(await payer.credits()).toMatchObject({ held: 3 });
    await job.complete();
    expect(await payer.credits()).toMatchObject({ used: 3, held: 0 });
    await expectSoundAudit(gateway, payer);
  });

  it("by USD takes with many others that end at once take no more than there is, and no balance falls below zero", async () => {
    const payer = await priced.team({ credits: 12, billing: { mode: "USD", creditsPerUsd: "10" } });
    gateway.upstream.on(priced.model, tokens(3_000));
    const jobs = await Promise.all(Array.from({ length: 8 }, () => payer.job()));
    await Promise.all(jobs.map((job) => job.call()));
    await Promise.all(jobs.map((job, index) => job.complete(index % 4 === 0 ? { status: "FAILED" } : {})));
    const { used, held, available } = await payer.credits();
    expect({ held, sum: used + available }).toEqual({ held: 0, sum: 12 });
    expect(used).toBeGreaterThanOrEqual(6);
    await expectSoundAudit(gateway, payer);
  });
});
