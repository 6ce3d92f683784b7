import { describe, expect, it } from "vitest";
import { textOf } from "../../kit/clients/ws.js";
import { canReplicate, useReplicas } from "../../kit/gateway/replicas.js";
import { heldStream } from "../../kit/upstream/upstream-streams.js";
import { CANCEL_LLM_CALL, name, START_LLM_CALL, type TestJob } from "../../kit/world.js";

describe.runIf(canReplicate())("a call of another process", { timeout: 120_000 }, () => {
  const replicas = useReplicas();

  /** A call that A runs and that has said "Once ". */
  async function running() {
    const { witness, a, b } = replicas;
    const upstream = heldStream();
    const model = name("model");
    witness.upstream.on(model, upstream);
    const team = await witness.world.team({ models: [model], credits: 100 });
    const job: TestJob = await team.job();
    const { startLlmCall } = await a.client(team.secret).data(START_LLM_CALL, { input: job.callInput() });
    await upstream.arrived;
    upstream.text("Once ");
    const id: string = startLlmCall.id;
    await replicas.socket(a, team).follow(id).until("LlmCallDelta");
    return { team, job, upstream, id, onA: replicas.socket(a, team), onB: replicas.socket(b, team) };
  }

  it("is followed token by token, with the events and the numbers of its own process", async () => {
    const { upstream, id, onA, onB } = await running();
    const here = onA.follow(id);
    const there = onB.follow(id);
    expect((await there.until("LlmCallDelta")).content).toBe("Once ");
    for (const word of ["upon ", "a ", "time"]) {
      upstream.text(word);
      expect(await there.next()).toMatchObject({ __typename: "LlmCallDelta", content: word });
    }
    upstream.finish();
    const end = await there.rest();
    expect(end).toMatchObject([{ __typename: "LlmCallFinished", call: { id, status: "SUCCEEDED" } }]);
    await here.rest();
    expect(there.seen).toEqual(here.seen);
  });

  it("is resumed after a lost connection, without a gap or a repeat", async () => {
    const { upstream, id, onA, onB } = await running();
    const first = onA.follow(id);
    const { sequence } = await first.until("LlmCallDelta");
    onA.drop();
    upstream.text("upon ");
    const resumed = onB.follow(id, sequence);
    expect(await resumed.next()).toMatchObject({ content: "upon ", sequence: sequence + 1 });
    upstream.text("a time");
    upstream.finish();
    const rest = await resumed.rest();
    expect(rest.map(({ __typename }) => __typename)).toEqual(["LlmCallDelta", "LlmCallFinished"]);
    expect(textOf([...first.seen, ...resumed.seen])).toBe("Once upon a time");
  });

  it("is cancelled, which closes the connection to its upstream", async () => {
    const { team, upstream, id, onB } = await running();
    const events = onB.follow(id);
    const { cancelLlmCall } = await replicas.b.client(team.secret).data(CANCEL_LLM_CALL, { id });
    expect(cancelLlmCall).toMatchObject({ status: "CANCELLED", content: "Once " });
    await upstream.closed;
    expect((await events.rest()).at(-1)).toMatchObject({
      __typename: "LlmCallFinished",
      call: { status: "CANCELLED", content: "Once " },
    });
    expect(textOf(events.seen)).toBe("Once ");
  });

  it("has any number of followers in any process, and each gets all of it", async () => {
    const { team, upstream, id, onA, onB } = await running();
    const sockets = [onA, onB, onB, replicas.socket(replicas.c, team), replicas.socket(replicas.c, team)];
    const followers = sockets.flatMap((socket) => [socket.follow(id), socket.follow(id)]);
    await Promise.all(followers.map((events) => events.until("LlmCallDelta")));
    const words = Array.from({ length: 300 }, (_, index) => `${index} `);
    for (const word of words) upstream.text(word);
    upstream.finish();
    for (const events of followers) {
      await events.rest();
      expect(textOf(events.seen)).toBe(`Once ${words.join("")}`);
      expect(events.seen.filter(({ __typename }) => __typename === "LlmCallSnapshot")).toEqual([]);
      expect(events.seen.at(-1).call).toMatchObject({ status: "SUCCEEDED", content: `Once ${words.join("")}` });
    }
  });

  it("leaves nothing in Redis for long", async () => {
    const { upstream, id, onB } = await running();
    await onB.follow(id).until("LlmCallDelta");
    upstream.finish();
    const { client } = replicas.redis;
    const keys = await client.keys("*");
    expect(keys).toContain(`tollgate:log:${id}`);
    for (const key of keys) expect(await client.pttl(key), key).toBeGreaterThan(0);
    await expect.poll(() => client.pttl(`tollgate:log:${id}`), { timeout: 5_000 }).toBeLessThanOrEqual(10_000);
  });
});
