import { rmSync } from "node:fs";
import { dirname } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createPostgresUrl, hasPostgres } from "../kit/database/database.js";
import { type Gateway, startGateway } from "../kit/gateway/gateway.js";
import { buildGateway, type GatewayProcess, startGatewayProcess } from "../kit/gateway/gateway-process.js";
import { type ScriptedUpstream, startUpstream } from "../kit/upstream/upstream.js";
import { answer, error, hang } from "../kit/upstream/upstream-behaviours.js";
import { upstreamsFile } from "../kit/upstream/use-upstreams.js";
import { CANCEL_LLM_CALL, LLM_CALL, name, RUN_LLM_CALL, START_LLM_CALL } from "../kit/world.js";

const PLACES = 4;
const CALLS = 64;
const ATTEMPTS = "query ($id: ID!) { llmCall(id: $id) { attempts { upstream failureKind } } }";

/** The first upstream has 4 places in each process, and the second, which takes any number, is down. */
describe.runIf(hasPostgres())(
  "64 calls in two processes at a full upstream, whose fallback is down",
  { timeout: 60_000 },
  () => {
    let east: ScriptedUpstream;
    let west: ScriptedUpstream;
    let witness: Gateway;
    let file: string;
    const processes: GatewayProcess[] = [];
    beforeAll(async () => {
      buildGateway();
      const databaseUrl = await createPostgresUrl();
      [east, west] = await Promise.all([startUpstream(), startUpstream()]);
      file = upstreamsFile([
        { name: "east", kind: "openai-compatible", url: east.url, concurrencyMax: PLACES },
        { name: "west", kind: "openai-compatible", url: west.url },
      ]);
      witness = await startGateway({ databaseUrl, env: { UPSTREAMS: file } });
      const env = { UPSTREAMS: file, DATABASE_URL: databaseUrl };
      processes.push(await startGatewayProcess(env), await startGatewayProcess(env));
    }, 120_000);
    afterAll(async () => {
      await Promise.all(processes.map((each) => each.kill()));
      await witness?.close();
      await Promise.all([east?.close(), west?.close()]);
      if (file) rmSync(dirname(file), { recursive: true });
    });

    const at = (index: number): GatewayProcess => processes[index % processes.length] as GatewayProcess;

    /** A job on a model that takes so long to answer, and the most requests that were there at once. */
    async function benchOf(tookMs: number) {
      const model = name("model");
      let here = 0;
      const seen = { most: 0 };
      east.on(model, (exchange) => {
        here += 1;
        seen.most = Math.max(seen.most, here);
        exchange.response.on("close", () => {
          here -= 1;
        });
        setTimeout(() => answer()(exchange), tookMs);
      });
      west.on(model, error(503));
      const job = await (await witness.world.team({ models: [`east/${model}`, `west/${model}`] })).job();
      const client = (index: number) => at(index).client(job.team.secret);
      const call = async (index: number) =>
        (await client(index).data(RUN_LLM_CALL, { input: job.callInput() })).runLlmCall;
      return { job, model, seen, client, call };
    }

    it("all have their answer, and the upstream never has more than its places", async () => {
      const { job, seen, call } = await benchOf(50);
      const calls = await Promise.all(Array.from({ length: CALLS }, (_, index) => call(index)));
      expect(calls.map(({ status }) => status)).toEqual(calls.map(() => "SUCCEEDED"));
      expect(seen.most).toBe(PLACES * processes.length);
      const { attempts } = (await job.team.client.data(ATTEMPTS, { id: calls.at(-1).id })).llmCall;
      expect(attempts.at(0)).toEqual({ upstream: "east", failureKind: "FULL" });
      expect(attempts.at(-1)).toEqual({ upstream: "east", failureKind: null });
    });

    it("one that waits and is cancelled leaves the line, and the others get the next turn", async () => {
      const { job, model, client } = await benchOf(0);
      const busy = Array.from({ length: PLACES }, () => hang());
      const left = [...busy];
      east.on(model, (exchange) => left.shift()?.(exchange));
      const start = async () => (await client(0).data(START_LLM_CALL, { input: job.callInput() })).startLlmCall.id;
      const cancel = (id: string) => client(0).data(CANCEL_LLM_CALL, { id });
      const running = await Promise.all(busy.map(start));
      await Promise.all(busy.map(({ arrived }) => arrived));
      const before = west.requests.length;
      const waiting = await Promise.all([1, 2, 3].map(start));
      await west.received(before + waiting.length);
      await cancel(waiting[0]);
      east.on(model, answer());
      await cancel(running[0]);
      const statusOf = async (id: string) => (await job.team.client.data(LLM_CALL, { id })).llmCall.status;
      const statuses = () => Promise.all(waiting.map(statusOf));
      // Less than the 10 seconds after which they would give up.
      await expect.poll(statuses, { timeout: 8_000 }).toEqual(["CANCELLED", "SUCCEEDED", "SUCCEEDED"]);
      await Promise.all(running.slice(1).map(cancel));
      await expect.poll(() => Promise.all(running.map(statusOf))).toEqual(running.map(() => "CANCELLED"));
    });

    it("those that wait while their process is told to stop have their answers, and it ends in order", async () => {
      const { seen, call } = await benchOf(200);
      const calls = Promise.all(Array.from({ length: 3 * PLACES }, () => call(1)));
      await expect.poll(() => seen.most).toBe(PLACES);
      at(1).signal("SIGTERM");
      expect((await calls).map(({ status }) => status)).toEqual(Array.from({ length: 3 * PLACES }, () => "SUCCEEDED"));
      expect(await at(1).ended).toBe(0);
    });
  },
);
