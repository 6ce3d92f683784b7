import { describe, expect, it } from "vitest";
import { askDoor, MODEL_DOORS } from "../../kit/clients/model-doors.js";
import { useGateway } from "../../kit/gateway/gateway.js";
import { expectSoundAudit } from "../../kit/priced-model.js";
import { type Random, seededRandom } from "../../kit/random.js";
import { moderation, vectors } from "../../kit/upstream/json-answers.js";
import { sent } from "../../kit/upstream/upstream-answers.js";
import { answer, type Behaviour } from "../../kit/upstream/upstream-behaviours.js";
import { wholeReport } from "../../kit/usage/report.js";
import { name } from "../../kit/world.js";

const gateway = useGateway({ upstream: "scripted" });

const SET = "mutation ($input: SetModelPriceInput!) { setModelPrice(input: $input) { model } }";
const CALLS = `query ($id: ID!) { job(id: $id) { costs { totalCostUsd } llmCalls(first: 100) { nodes { id status costUsd costSource hasUnpricedPart
  attempts { costUsd costComponents { component tokens usdPerMillionTokens costUsd source } } usage { promptTokens completionTokens } } } } }`;
const COSTS = "{ jobs { nodes { costs { totalCostUsd totalTokens totalCalls unpricedCalls partlyUnpricedCalls } } } }";
const ROUNDS = 60;
const THRESHOLD = 5_000;

/** A decimal of USD as a whole number of 10^-18. */
function units(usd: string): bigint {
  const [, before = "0", after = ""] = /^(\d+)(?:\.(\d+))?$/.exec(usd) ?? [];
  expect(after.length, usd).toBeLessThanOrEqual(18);
  return BigInt(before + after.padEnd(18, "0"));
}

const sumOf = (amounts: readonly (string | null)[]): bigint =>
  amounts.reduce((sum, amount) => sum + (amount === null ? 0n : units(amount)), 0n);

/** Prices of all kinds: none, zero, tiny, with nine places, and a cache that costs more than the prompt. */
function pricesOf(random: Random) {
  const some = () => random.pick(["0", "0.000000001", "0.333333333", "2.5", "15", "999.999999999", "10000"]);
  const orNone = () => (random.below(3) === 0 ? null : some());
  return {
    inputUsdPerMillionTokens: some(),
    outputUsdPerMillionTokens: some(),
    cachedInputUsdPerMillionTokens: orNone(),
    cacheWriteUsdPerMillionTokens: orNone(),
    oneHourCacheWriteUsdPerMillionTokens: orNone(),
    audioInputUsdPerMillionTokens: orNone(),
    audioOutputUsdPerMillionTokens: orNone(),
    ...(random.below(2) === 0 && {
      longContext: {
        thresholdTokens: THRESHOLD,
        inputUsdPerMillionTokens: some(),
        outputUsdPerMillionTokens: some(),
        cachedInputUsdPerMillionTokens: orNone(),
      },
    }),
  };
}

/** Usage whose details overlap, exceed their whole, or are no counts. */
function usageOf(random: Random) {
  const prompt = random.pick([0, 1, 7, THRESHOLD - 1, THRESHOLD, THRESHOLD + 1, 123_457, 1_000_000_000]);
  const completionTokens = random.pick([1, 3, 999, 65_537, 1_000_000_000]);
  const part = (of: number) => random.pick([0, of, Math.floor(of / 3), of + 1, random.below(of + 1), -1, 0.5]);
  return {
    prompt_tokens: prompt,
    completion_tokens: completionTokens,
    total_tokens: prompt + completionTokens,
    prompt_tokens_details: {
      cached_tokens: part(prompt),
      cache_creation_tokens: part(prompt),
      cache_creation_token_details: { ephemeral_1h_input_tokens: part(prompt) },
      audio_tokens: part(prompt),
      image_tokens: part(prompt),
    },
    completion_tokens_details: {
      reasoning_tokens: part(completionTokens),
      audio_tokens: part(completionTokens),
      image_tokens: part(completionTokens),
    },
  };
}

function behaviourOf(path: string, usage: object): Behaviour {
  if (path === "/v1/embeddings") return vectors([[1]], { usage });
  if (path === "/v1/completions") {
    const choices = [{ index: 0, text: "more", finish_reason: "stop" }];
    return sent(JSON.stringify({ choices, usage }));
  }
  return path === "/v1/moderations" ? moderation(false) : answer({ usage: { ...usage } });
}

describe.each([1, 2, 3])("random work of one job through every door, seed %i", (seed) => {
  it("costs the same to the last place, wherever one looks", { timeout: 60_000 }, async () => {
    const random = seededRandom(seed);
    const models = await Promise.all(
      Array.from({ length: 6 }, async () => {
        const model = name("model");
        await gateway.admin.data(SET, { input: { model, ...pricesOf(random) } });
        return { model, group: await gateway.world.modelGroup([model]) };
      }),
    );
    const groups = models.map(({ group }) => group);
    const team = await gateway.world.team({ groups, credits: 1_000, billing: { markupPercent: "12.5" } });
    const job = await team.job();
    const doors = Object.values(MODEL_DOORS);
    const headersSaid = new Map<string, string | null>();
    for (let round = 0; round < ROUNDS; round++) {
      const door = doors[random.below(doors.length)];
      const { model, group } = models[random.below(models.length)] ?? { model: "", group: "" };
      if (!door) throw new Error("There is no door.");
      gateway.upstream.on(model, behaviourOf(door.path, usageOf(random)));
      const answered = await askDoor(gateway, door, { secret: team.secret, group, headers: { "x-job-id": job.id } });
      expect(answered.status, answered.text).toBe(200);
      if (!door.isStream)
        headersSaid.set(answered.headers.get("x-tollgate-call-id") ?? "", answered.headers.get("x-tollgate-cost-usd"));
    }
    const { totalCostUsd } = (await job.complete()).costs;

    // The team sees each amount with its markup, and the admin without it.
    for (const client of [team.client, gateway.admin]) {
      const { costs: ofJob, llmCalls } = (await client.data(CALLS, { id: job.id })).job;
      expect(llmCalls.nodes).toHaveLength(ROUNDS);
      for (const { id, costUsd, costSource, attempts, hasUnpricedPart, usage } of llmCalls.nodes) {
        expect(attempts).toHaveLength(1);
        const [{ costComponents, costUsd: ofAttempt }] = attempts;
        expect(ofAttempt).toBe(costUsd);
        const parts = costComponents.map((part: { costUsd: string | null }) => part.costUsd);
        if (costUsd === null) expect(costSource).toBe("UNPRICED");
        else expect(sumOf(parts)).toBe(units(costUsd));
        expect(hasUnpricedPart).toBe(costUsd !== null && parts.includes(null));
        const tokens = costComponents.reduce((sum: number, part: { tokens: number }) => sum + part.tokens, 0);
        expect(tokens).toBe(usage.promptTokens + usage.completionTokens);
        if (client === team.client && headersSaid.has(id)) expect(headersSaid.get(id)).toBe(costUsd);
      }
      const costs = llmCalls.nodes.map(({ costUsd }: { costUsd: string | null }) => costUsd);
      expect(units(ofJob.totalCostUsd)).toBe(sumOf(costs));
    }
    const { jobs } = await team.client.data(COSTS);
    expect(jobs.nodes).toMatchObject([{ costs: { totalCostUsd, totalCalls: ROUNDS } }]);
    const now = Date.now();
    const day = { from: new Date(now - 86_400_000), to: new Date(now + 86_400_000), span: "DAY", groupBy: [] } as const;
    const { total } = await wholeReport(team.client, day);
    expect(units(total.costUsd)).toBe(units(totalCostUsd));
    const { partlyUnpricedCalls, unpricedCalls } = jobs.nodes[0].costs;
    expect([total.callsPartlyUnpriced, total.callsUnpriced]).toEqual([partlyUnpricedCalls, unpricedCalls]);
    const rest = await gateway.rest(team.secret).ok("GET", `/api/jobs/${job.id}/costs`);
    expect(rest.costs.total_cost_usd).toBe(Number(totalCostUsd));
    await expectSoundAudit(gateway, team);
  });
});
