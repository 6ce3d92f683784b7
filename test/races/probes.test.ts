import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createPostgresUrl, hasPostgres } from "../kit/database/database.js";
import { FakeClock } from "../kit/gateway/clock.js";
import { type Gateway, startGateway } from "../kit/gateway/gateway.js";
import { answer, type Exchange, error } from "../kit/upstream/upstream-behaviours.js";
import { name, RUN_LLM_CALL } from "../kit/world.js";

const CALLS = 64;
const ATTEMPTS = "query ($id: ID!) { llmCall(id: $id) { attempts { model } } }";

describe.runIf(hasPostgres())(
  "64 calls in two processes, of a model that died and comes back",
  { timeout: 60_000 },
  () => {
    const clock = new FakeClock();
    let gateways: [Gateway, Gateway];
    beforeAll(async () => {
      const databaseUrl = await createPostgresUrl();
      const one = await startGateway({ databaseUrl, clock, upstream: "scripted" });
      gateways = [one, await startGateway({ databaseUrl, clock, env: { UPSTREAM_URL: one.upstream.url } })];
    });
    afterAll(async () => {
      for (const gateway of [...(gateways ?? [])].reverse()) await gateway.close();
    });

    it("are all answered, and each process probes with one of them at a time", async () => {
      const [{ upstream, world, admin }] = gateways;
      const [first, second] = [name("first"), name("second")];
      const groups = [await world.modelGroup([first, second])];
      const jobs = await Promise.all([1, 2].map(async () => (await world.team({ groups, credits: 5 })).job()));
      const asked = () => upstream.requests.filter(({ body }) => body.model === first).length;
      /** Through both processes, of both teams. */
      const call = async (index: number) => {
        const job = jobs[(index >> 1) % 2] as (typeof jobs)[number];
        const client = (gateways[index % 2] as Gateway).client(job.team.secret);
        return (await client.data(RUN_LLM_CALL, { input: job.callInput() })).runLlmCall;
      };
      const many = async () => {
        const calls = await Promise.all(Array.from({ length: CALLS }, (_, index) => call(index)));
        expect(calls.map(({ status }) => status)).toEqual(calls.map(() => "SUCCEEDED"));
        return calls;
      };
      upstream.on(second, answer());
      upstream.on(first, error(503));
      await many();
      const whenOpen = asked();
      await many();
      expect(asked()).toBe(whenOpen);

      // The probes fail: one of each process, and for 30 seconds nobody asks again.
      await clock.advance(30_000);
      await many();
      expect(asked()).toBe(whenOpen + 2);
      await many();
      expect(asked()).toBe(whenOpen + 2);

      // The probes take long: all others are answered meanwhile.
      const probes: Exchange[] = [];
      upstream.on(first, (exchange) => void probes.push(exchange));
      await clock.advance(30_000);
      const probing = [call(0), call(1)];
      await expect.poll(() => probes.length).toBe(2);
      for (const { model } of await many()) expect(model).toBe(second);
      expect(asked()).toBe(whenOpen + 4);
      upstream.on(first, answer());
      for (const exchange of probes) answer()(exchange);
      for (const { model } of await Promise.all(probing)) expect(model).toBe(first);
      for (const { model } of await many()) expect(model).toBe(first);
      expect((await admin.data("{ modelCircuits { model } }")).modelCircuits).toEqual([]);
      const { id } = await call(0);
      expect((await jobs[0]?.team.client.data(ATTEMPTS, { id }))?.llmCall.attempts).toEqual([{ model: first }]);
    });
  },
);
