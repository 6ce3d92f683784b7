import { describe, expect, it } from "vitest";
import { askDoor, MODEL_DOORS } from "../../kit/clients/model-doors.js";
import { hasPostgres } from "../../kit/database/database.js";
import { expectSoundLedger } from "../../kit/database/ledger.js";
import { useTwoGateways } from "../../kit/gateway/gateway.js";
import { heldBack } from "../../kit/upstream/held-back.js";
import { name } from "../../kit/world.js";

const JOBS = "{ jobs { nodes { id status costs { totalCalls successfulCalls creditApplied } } totalCount } }";
const AT_ONCE = 50;
const DOORS = Object.values(MODEL_DOORS);

function doorAt(index: number) {
  const door = DOORS[index % DOORS.length];
  if (!door) throw new Error("There is no door.");
  return door;
}

describe.runIf(hasPostgres())("two processes on one database", { timeout: 120_000 }, () => {
  const { one, other } = useTwoGateways();

  /** A team that has each door's upstream behind the same model group, and asks through one process or the other. */
  async function benchOf(credits: number) {
    const model = name("model");
    one.upstream.on(model, (exchange) => {
      const { path } = exchange.request;
      const door = DOORS.find((each) => each.path === path) ?? MODEL_DOORS.chat;
      door?.behaviour(exchange);
    });
    const team = await one.world.team({ models: [model], credits });
    const ask = (index: number, key: string) =>
      askDoor(index % 2 === 0 ? one : other, doorAt(index), {
        secret: team.secret,
        group: team.modelGroup,
        headers: { "x-job-key": key },
      });
    const complete = async (index: number, key: string) => {
      const { url } = index % 2 === 0 ? one : other;
      const headers = { authorization: `Bearer ${team.secret}` };
      const ended = await fetch(`${url}/v1/jobs/${key}/complete`, { method: "POST", headers });
      return { status: ended.status, text: await ended.text() };
    };
    return { team, model, ask, complete, jobs: async () => (await team.client.data(JOBS)).jobs };
  }

  it.each([1, 3, 100])(
    "50 first uses of a key at once, through every door, with credits for %i jobs: one job",
    async (credits) => {
      const { team, ask, complete, jobs } = await benchOf(credits);
      const key = name("run");
      const answers = await Promise.all(Array.from({ length: AT_ONCE }, (_, index) => ask(index, key)));
      expect(answers.map(({ status, text }) => (status === 200 ? 200 : text))).toEqual(answers.map(() => 200));
      expect(await jobs()).toMatchObject({ totalCount: 1, nodes: [{ costs: { totalCalls: AT_ONCE } }] });
      const ends = await Promise.all(Array.from({ length: 20 }, (_, index) => complete(index, key)));
      expect(new Set(ends.map(({ status, text }) => `${status} ${text}`)).size).toBe(1);
      expect(await jobs()).toMatchObject({ nodes: [{ status: "COMPLETED", costs: { creditApplied: true } }] });
      expect(await team.credits()).toMatchObject({ used: 1, held: 0, available: credits - 1 });
      const late = await Promise.all(Array.from({ length: 10 }, (_, index) => ask(index, key)));
      expect(new Set(late.map(({ status }) => status))).toEqual(new Set([409]));
      await expectSoundLedger(one.database.db);
    },
  );

  it("ends of jobs while calls come: each call is in a job or refused, and each job costs one credit", async () => {
    const ROUNDS = 12;
    const { team, ask, complete, jobs } = await benchOf(ROUNDS);
    const keys = Array.from({ length: ROUNDS }, () => name("run"));
    const rounds = await Promise.all(
      keys.map(async (key, round) => {
        await ask(round, key);
        const [ended, ...answers] = await Promise.all([
          complete(round, key),
          ...Array.from({ length: 6 }, (_, index) => ask(index + round, key)),
        ]);
        expect([200, 409]).toContain(ended.status);
        if (ended.status === 409) expect((await complete(round + 1, key)).status).toBe(200);
        for (const { status, text } of answers) expect([200, 409], text).toContain(status);
        return 1 + answers.filter(({ status }) => status === 200).length;
      }),
    );
    const { nodes } = await jobs();
    expect(nodes).toHaveLength(ROUNDS);
    const calls = nodes.reduce((sum: number, { costs }: (typeof nodes)[number]) => sum + costs.totalCalls, 0);
    expect(calls).toBe(rounds.reduce((sum, count) => sum + count, 0));
    expect(await team.credits()).toMatchObject({ used: ROUNDS, held: 0 });
    await expectSoundLedger(one.database.db);
  });

  it("a repeat that reaches the other process gets vectors, which only the one has", async () => {
    const { embeddings: door, chat } = MODEL_DOORS;
    if (!door || !chat) throw new Error("There are no such doors.");
    for (const each of [door, chat]) {
      const model = name("model");
      const { held, arrived, release } = heldBack(each.behaviour);
      one.upstream.on(model, held, each.behaviour);
      const team = await one.world.team({ models: [model] });
      const ask = (at: typeof one, count: string, signal?: AbortSignal) =>
        askDoor(at, each, {
          secret: team.secret,
          group: team.modelGroup,
          headers: { "x-stainless-retry-count": count },
          ...(signal && { signal }),
        });
      const abort = new AbortController();
      const lost = ask(one, "0", abort.signal).catch(() => undefined);
      await arrived;
      abort.abort();
      await lost;
      const notes = () => one.database.db.idempotencyKey.count({ where: { family: { startsWith: "lost-answer:" } } });
      await expect.poll(notes).toBe(1);
      const repeated = ask(other, "1");
      await expect.poll(notes).toBe(0);
      release();
      expect((await repeated).status).toBe(200);
      const asked = one.upstream.requests.filter(({ body }) => body.model === model).length;
      expect(asked).toBe(each === chat ? 1 : 2);
    }
  });
});
