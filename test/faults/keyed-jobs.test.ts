import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { askDoor, MODEL_DOORS } from "../kit/clients/model-doors.js";
import { createPostgresUrl, hasPostgres } from "../kit/database/database.js";
import { type Gateway, startGateway } from "../kit/gateway/gateway.js";
import { buildGateway, type GatewayProcess, startGatewayProcess } from "../kit/gateway/gateway-process.js";
import { runTasks } from "../kit/gateway/tasks.js";
import { expectSoundAudit } from "../kit/priced-model.js";
import { signalled } from "../kit/signalled.js";
import { hang } from "../kit/upstream/upstream-behaviours.js";
import { name } from "../kit/world.js";

const JOBS =
  "{ jobs(first: 100) { nodes { id status costs { totalCalls successfulCalls failedCalls runningCalls } } } }";
const DOORS = Object.values(MODEL_DOORS).filter(({ tokens }) => tokens !== null);

describe.runIf(hasPostgres())("a job of a key, whose process is killed", { timeout: 60_000 }, () => {
  let witness: Gateway;
  let env: Record<string, string>;
  let doomed: GatewayProcess;
  beforeAll(async () => {
    buildGateway();
    const databaseUrl = await createPostgresUrl();
    witness = await startGateway({ databaseUrl, upstream: "scripted" });
    env = { DATABASE_URL: databaseUrl, UPSTREAM_URL: witness.upstream.url, CALL_LEASE_MS: "1000" };
    doomed = await startGatewayProcess(env);
  }, 120_000);
  afterAll(async () => {
    await doomed?.kill();
    await witness?.close();
  });

  async function benchOf() {
    const model = name("model");
    const answers = () =>
      witness.upstream.on(model, (exchange) =>
        DOORS.find(({ path }) => path === exchange.request.path)?.behaviour(exchange),
      );
    answers();
    const team = await witness.world.team({ models: [model], credits: 100 });
    const ask = (at: { url: string }, key: string, index = 0) => {
      const door = DOORS[index % DOORS.length] ?? DOORS[0];
      if (!door) throw new Error("There is no door.");
      const headers = { "x-job-key": key };
      return askDoor(at, door, { secret: team.secret, group: team.modelGroup, headers });
    };
    const complete = async ({ url }: { url: string }, key: string): ReturnType<typeof ask> => {
      const headers = { authorization: `Bearer ${team.secret}` };
      const ended = await fetch(`${url}/v1/jobs/${key}/complete`, { method: "POST", headers });
      return { status: ended.status, headers: ended.headers, text: await ended.text() };
    };
    return { team, model, answers, ask, complete, jobs: async () => (await team.client.data(JOBS)).jobs.nodes };
  }

  /** Its calls are settled once their lease is over. */
  async function settled(jobs: () => Promise<{ costs: { runningCalls: number } }[]>): Promise<void> {
    const running = async () => {
      await runTasks(witness.app);
      return (await jobs()).some(({ costs }) => costs.runningCalls > 0);
    };
    await expect.poll(running, { timeout: 20_000 }).toBe(false);
  }

  it("between its calls and during one, goes on in other processes: one job, one credit", async () => {
    const { team, model, answers, ask, complete, jobs } = await benchOf();
    const key = name("run");
    expect((await ask(doomed, key)).status).toBe(200);
    await doomed.kill();
    doomed = await startGatewayProcess(env);
    expect((await ask(doomed, key, 1)).status).toBe(200);
    const before = witness.upstream.requests.length;
    witness.upstream.on(model, hang());
    const lost = ask(doomed, key).catch(() => undefined);
    await witness.upstream.received(before + 1);
    await doomed.kill();
    await lost;
    answers();
    expect((await complete(witness, key)).status, "a call of it may still run").toBe(409);
    expect((await ask(witness, key, 2)).status).toBe(200);
    doomed = await startGatewayProcess(env);
    await settled(jobs);
    const ends = await Promise.all([doomed, witness, doomed, witness].map((at) => complete(at, key)));
    expect(new Set(ends.map(({ status, text }) => `${status} ${text}`)).size).toBe(1);
    expect(ends[0]).toMatchObject({ status: 200 });
    expect(await jobs()).toMatchObject([
      { status: "COMPLETED", costs: { totalCalls: 4, successfulCalls: 3, failedCalls: 1, runningCalls: 0 } },
    ]);
    expect(await team.credits()).toMatchObject({ used: 1, held: 0, available: 99 });
    await expectSoundAudit(witness, team);
  });

  it.each([1, 12])(
    "after %i of 24 first uses, and of 24 ends, has one job for each key, which costs one credit",
    async (count) => {
      const { team, ask, complete, jobs } = await benchOf();
      const keys = Array.from({ length: 24 }, () => name("run"));
      /** Does something with all keys at once, and kills the process after so many answers. */
      const cut = async (act: typeof ask) => {
        const enough = signalled<void>();
        const statuses: number[] = [];
        const all = keys.map(async (key, index) => {
          const answered = await act(doomed, key, index).catch(() => undefined);
          if (answered) statuses.push(answered.status);
          if (!answered || statuses.length >= count) enough.resolve();
        });
        await enough.promise;
        await doomed.kill();
        await Promise.all(all);
        expect(new Set(statuses)).toEqual(new Set([200]));
        doomed = await startGatewayProcess(env);
      };
      await cut(ask);
      const again = await Promise.all(keys.map((key, index) => ask(index % 2 ? doomed : witness, key, index)));
      expect(again.map(({ status, text }) => (status === 200 ? 200 : text))).toEqual(keys.map(() => 200));
      await settled(jobs);
      await cut(complete);
      const ends = await Promise.all(keys.map((key, index) => complete(index % 2 ? witness : doomed, key)));
      expect(ends.map(({ status, text }) => (status === 200 ? 200 : text))).toEqual(keys.map(() => 200));
      expect((await jobs()).map(({ status }: { status: string }) => status)).toEqual(keys.map(() => "COMPLETED"));
      expect(await team.credits()).toMatchObject({ used: keys.length, held: 0 });
      await expectSoundAudit(witness, team);
    },
  );
});
