import { rmSync } from "node:fs";
import { dirname } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { hasPostgres } from "../kit/database/database.js";
import { FakeClock } from "../kit/gateway/clock.js";
import { type Gateway, startGateway } from "../kit/gateway/gateway.js";
import { seededRandom } from "../kit/random.js";
import { type ScriptedUpstream, startUpstream } from "../kit/upstream/upstream.js";
import { answer } from "../kit/upstream/upstream-behaviours.js";
import { upstreamsFile } from "../kit/upstream/use-upstreams.js";
import { name, type TestJob } from "../kit/world.js";

const CALLS = 200;
const CLIENTS = 8;
const PROBE_MS = 30_000;
/** East's answers cost 1 USD for a million tokens, and west's 3. */
const USD = { east: 1, west: 3 } as const;
/** East gets three of four calls. */
const WEIGHTS = { east: 3, west: 1 } as const;
const USAGE = { prompt_tokens: 70, completion_tokens: 30, total_tokens: 100 };

const CREATE_GROUP = "mutation ($input: CreateModelGroupInput!) { createModelGroup(input: $input) { id } }";
const SET_PRICE = "mutation ($input: SetModelPriceInput!) { setModelPrice(input: $input) { model } }";
const CALL = `query ($id: ID!) { llmCall(id: $id) { status costUsd
  attempts { upstream model status failureKind costUsd } } }`;
const STATE = `{ system { upstreams { name runningRequests lastFailure circuits { model upstream state isForAllTeams } } } }`;

interface Attempt {
  readonly upstream: keyof typeof USD;
  readonly status: string;
  readonly costUsd: string | null;
}
interface Call {
  readonly status: string;
  readonly costUsd: string;
  readonly attempts: readonly Attempt[];
}

/** The share of the calls that an upstream has answered. */
const shareOf = (upstream: string, calls: readonly Call[]) =>
  calls.filter(({ attempts }) => attempts.at(-1)?.upstream === upstream).length / calls.length;

describe.runIf(hasPostgres())("two upstreams, one of which dies under load", { timeout: 120_000 }, () => {
  const clock = new FakeClock();
  const model = name("model");
  let [east, west]: ScriptedUpstream[] = [];
  let UPSTREAMS = "";
  let gateway: Gateway;
  let jobs: TestJob[];
  /** All calls that were made, so that their costs can be added up in the end. */
  const made: Call[] = [];

  beforeAll(async () => {
    [east, west] = await Promise.all([startUpstream(), startUpstream()]);
    for (const upstream of [east, west]) upstream.on(model, answer({ usage: USAGE }));
    const kind = "openai-compatible";
    UPSTREAMS = upstreamsFile([
      { name: "east", kind, url: east.url },
      { name: "west", kind, url: west.url },
    ]);
    gateway = await startGateway({ engine: "postgres", clock, env: { UPSTREAMS }, random: seededRandom(17).next });
    const group = name("group");
    const models = (["east", "west"] as const).map((at) => ({ name: `${at}/${model}`, weight: WEIGHTS[at] }));
    await gateway.admin.data(CREATE_GROUP, { input: { name: group, models } });
    for (const at of ["east", "west"] as const) {
      const price = `${USD[at]}`;
      const input = { model: `${at}/${model}`, inputUsdPerMillionTokens: price, outputUsdPerMillionTokens: price };
      await gateway.admin.data(SET_PRICE, { input });
    }
    const teams = await Promise.all([1, 2].map(() => gateway.world.team({ groups: [group], credits: 100 })));
    jobs = await Promise.all(teams.map((team) => team.job()));
  });
  afterAll(async () => {
    await gateway.close();
    await Promise.all([east?.close(), west?.close()]);
    rmSync(dirname(UPSTREAMS), { recursive: true });
  });

  /** Makes so many calls, several at a time, of both teams. `during` is called when half of them are made. */
  async function load(count: number, during?: () => unknown): Promise<Call[]> {
    const calls: Call[] = [];
    let begun = 0;
    const work = async () => {
      while (begun < count) {
        const number = begun++;
        if (number === count / 2) void during?.();
        const job = jobs[number % jobs.length] as TestJob;
        const { id } = await job.call();
        calls.push((await job.team.client.data(CALL, { id })).llmCall);
      }
    };
    await Promise.all(Array.from({ length: CLIENTS }, work));
    made.push(...calls);
    return calls;
  }
  const stateOf = async (upstream: string) => {
    const { system } = await gateway.admin.data(STATE);
    return system.upstreams.find((each: { name: string }) => each.name === upstream);
  };
  const succeeded = (calls: readonly Call[]) => calls.filter(({ status }) => status === "SUCCEEDED").length;

  it("share the calls by their weights while both are well", async () => {
    const calls = await load(CALLS);
    expect(succeeded(calls)).toBe(CALLS);
    expect(shareOf("east", calls)).toBeCloseTo(0.75, 1);
    expect(calls.every(({ attempts }) => attempts.length === 1)).toBe(true);
    expect((east?.requests.length ?? 0) + (west?.requests.length ?? 0)).toBe(CALLS);
  });

  it("lose no call when one dies, and then all go to the other, without asking the dead one", async () => {
    const calls = await load(CALLS, () => east?.close());
    expect(succeeded(calls)).toBe(CALLS);
    expect(await stateOf("east")).toMatchObject({
      runningRequests: 0,
      lastFailure: "unavailable",
      circuits: [{ model: `east/${model}`, upstream: "east", state: "OPEN", isForAllTeams: true }],
    });
    expect(await stateOf("west")).toMatchObject({ circuits: [] });
    const failed = calls.flatMap(({ attempts }) => attempts).filter(({ status }) => status === "FAILED");
    expect(new Set(failed.map(({ upstream }) => upstream))).toEqual(new Set(["east"]));
    // Five failures open it for a team. Those that were under way at that moment fail too.
    expect(failed.length).toBeGreaterThanOrEqual(5);
    expect(failed.length).toBeLessThanOrEqual(2 * 5 + CLIENTS);
    const after = await load(CALLS / 2);
    expect(after.map(({ attempts }) => attempts.map(({ upstream }) => upstream).join())).toEqual(
      Array(CALLS / 2).fill("west"),
    );
  });

  it("share the calls again once a probe finds it well", async () => {
    east = await startUpstream(Number(new URL(east?.url ?? "").port));
    east.on(model, answer({ usage: USAGE }));
    expect(shareOf("west", await load(20))).toBe(1);
    await clock.advance(PROBE_MS);
    await expect.poll(async () => shareOf("east", await load(4))).toBeGreaterThan(0);
    expect(await stateOf("east")).toMatchObject({ circuits: [] });
    const calls = await load(CALLS);
    expect(succeeded(calls)).toBe(CALLS);
    expect(shareOf("east", calls)).toBeCloseTo(0.75, 1);
  });

  it("cost what their attempts say, each at its own price, and the jobs add it up", async () => {
    const nano = (usd: string | null) => Math.round(Number(usd ?? 0) * 1e9);
    for (const { costUsd, attempts } of made)
      expect(nano(costUsd)).toBe(attempts.reduce((sum, attempt) => sum + nano(attempt.costUsd), 0));
    const all = made.flatMap(({ attempts }) => attempts);
    let total = 0;
    for (const at of ["east", "west"] as const) {
      const answered = all.filter(({ upstream, status }) => upstream === at && status === "SUCCEEDED");
      const cost = answered.reduce((sum, { costUsd }) => sum + nano(costUsd), 0);
      expect(cost).toBe(answered.length * USAGE.total_tokens * USD[at] * 1_000);
      total += cost;
    }
    const costs = await Promise.all(jobs.map(async (job) => (await job.read()).costs));
    expect(costs.reduce((sum, { totalCostUsd }) => sum + nano(totalCostUsd), 0)).toBe(total);
    expect(costs.reduce((sum, { totalCalls, failedCalls }) => sum + totalCalls - failedCalls, 0)).toBe(made.length);
  });
});
