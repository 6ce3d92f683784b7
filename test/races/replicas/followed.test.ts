import { describe, expect, it } from "vitest";
import { textOf } from "../../kit/clients/ws.js";
import { canReplicate, useReplicas } from "../../kit/gateway/replicas.js";
import { remoteCall } from "../../kit/streams/remote-call.js";
import { CANCEL_LLM_CALL } from "../../kit/world.js";

describe.runIf(canReplicate())("a call of another process", { timeout: 120_000 }, () => {
  const replicas = useReplicas();

  it("is followed token by token, with the events and the numbers of its own process", async () => {
    const { team, upstream, id, asked } = await remoteCall(replicas);
    const there = replicas.socket(replicas.b, team).follow(id);
    expect((await there.until("LlmCallDelta")).content).toBe("Once ");
    for (const word of ["upon ", "a ", "time"]) {
      upstream.text(word);
      expect(await there.next()).toMatchObject({ __typename: "LlmCallDelta", content: word });
    }
    upstream.finish();
    expect(await there.rest()).toMatchObject([{ __typename: "LlmCallFinished", call: { id, status: "SUCCEEDED" } }]);
    await asked.rest();
    expect(there.seen).toEqual(asked.seen);
  });

  it("is resumed after a lost connection, without a gap or a repeat", async () => {
    const { team, upstream, id, asker, asked } = await remoteCall(replicas);
    const { sequence } = asked.seen.at(-1);
    asker.drop();
    upstream.text("upon ");
    const resumed = replicas.socket(replicas.b, team).follow(id, sequence);
    expect(await resumed.next()).toMatchObject({ content: "upon ", sequence: sequence + 1 });
    upstream.text("a time");
    upstream.finish();
    const rest = await resumed.rest();
    expect(rest.map(({ __typename }) => __typename)).toEqual(["LlmCallDelta", "LlmCallFinished"]);
    expect(textOf([...asked.seen, ...resumed.seen])).toBe("Once upon a time");
  });

  it("is told from its row once it is over, and then resumed in its own process, without a gap or a repeat", async () => {
    const { team, upstream, id, asked } = await remoteCall(replicas);
    upstream.text("upon");
    upstream.finish();
    await asked.rest();
    const there = replicas.socket(replicas.b, team).follow(id, 1);
    const { sequence } = await there.until("LlmCallSnapshot");
    await there.leave();
    const resumed = replicas.socket(replicas.a, team).follow(id, sequence);
    await resumed.rest();
    expect(textOf([...there.seen, ...resumed.seen])).toBe("Once upon");
    const numbers = [...there.seen, ...resumed.seen].map((event) => event.sequence);
    expect(numbers).toEqual([...new Set(numbers)].sort((one, other) => one - other));
  });

  it("is cancelled, which closes the connection to its upstream", async () => {
    const { team, upstream, id } = await remoteCall(replicas);
    const events = replicas.socket(replicas.b, team).follow(id);
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
    const { team, upstream, id, asker, asked } = await remoteCall(replicas);
    const sockets = [replicas.b, replicas.b, replicas.c, replicas.c].map((at) => replicas.socket(at, team));
    const followers = [asker, ...sockets].flatMap((socket) => [socket.follow(id), socket.follow(id)]);
    await Promise.all(followers.map((events) => events.until("LlmCallDelta")));
    const words = Array.from({ length: 300 }, (_, index) => `${index} `);
    for (const word of words) upstream.text(word);
    upstream.finish();
    for (const events of [asked, ...followers]) {
      await events.rest();
      expect(textOf(events.seen)).toBe(`Once ${words.join("")}`);
      expect(events.seen.filter(({ __typename }) => __typename === "LlmCallSnapshot")).toEqual([]);
      expect(events.seen.at(-1).call).toMatchObject({ status: "SUCCEEDED", content: `Once ${words.join("")}` });
    }
  });

  it("leaves nothing in Redis for long", async () => {
    const { team, upstream, id } = await remoteCall(replicas);
    await replicas.socket(replicas.b, team).follow(id).until("LlmCallDelta");
    upstream.finish();
    const { client } = replicas.redis;
    const keys = await client.keys("*");
    expect(keys).toContain(`tollgate:log:${id}`);
    for (const key of keys) expect(await client.pttl(key), key).toBeGreaterThan(0);
    await expect.poll(() => client.pttl(`tollgate:log:${id}`), { timeout: 5_000 }).toBeLessThanOrEqual(10_000);
  });
});
