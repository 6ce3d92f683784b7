import { describe, expect, it, onTestFinished } from "vitest";
import { textOf } from "../../kit/clients/ws.js";
import { canReplicate, useReplicas } from "../../kit/gateway/replicas.js";
import { startRedis } from "../../kit/redis.js";
import { remoteCall } from "../../kit/streams/remote-call.js";

describe.runIf(canReplicate())("a Redis that answers and refuses", { timeout: 120_000 }, () => {
  const replicas = useReplicas({ DISCONNECT_GRACE_MS: "500", LOG_LEVEL: "info", LOG_FORMAT: "json" });
  const redis = () => replicas.redis.client;
  const said = () => replicas.b.log.map(({ msg }) => msg).filter((text) => /^Redis is/.test(text));

  const giveMemory = () => redis().config("SET", "maxmemory", "0");
  const permit = (what: string) => redis().call("ACL", "SETUSER", "default", what);

  it.each([
    ["to write, for it has no memory left", () => redis().config("SET", "maxmemory", "1"), giveMemory],
    ["to write, for its user may not", () => permit("-xadd"), () => permit("+xadd")],
    ["to read, for its user may not", () => permit("-xread"), () => permit("+xread")],
    ["to write, for it is a replica now", demote, () => redis().replicaof("NO", "ONE")],
    ["both, for the news are something else", spoilNews, () => redis().del("tollgate:news")],
  ])("%s is away: followers elsewhere are told, the call goes on, and they go on with it", async (_, refuse, admit) => {
    const before = said().length;
    const { team, upstream, id, asker } = await remoteCall(replicas);
    const first = replicas.socket(replicas.b, team).follow(id);
    const { sequence } = await first.until("LlmCallDelta");
    // From now on the call has no follower but the one in the other process.
    asker.drop();
    await refuse();
    await expect(first.rest()).rejects.toMatchObject({ code: "UNAVAILABLE", retryable: true });
    const resumed = replicas.socket(replicas.b, team).follow(id, sequence);
    const rest = resumed.rest();
    upstream.text("upon ");
    await admit();
    await replicas.connected();
    upstream.text("a time");
    upstream.finish();
    expect((await rest).at(-1)).toMatchObject({ __typename: "LlmCallFinished", call: { status: "SUCCEEDED" } });
    expect(textOf([...first.seen, ...resumed.seen])).toBe("Once upon a time");
    await expect
      .poll(() => said().slice(before), { timeout: 10_000 })
      .toEqual(["Redis is away. Calls run and are settled without it.", "Redis is back."]);
  });

  async function demote(): Promise<void> {
    const master = await startRedis();
    onTestFinished(() => master.close());
    const { port } = new URL(master.url);
    await redis().replicaof("127.0.0.1", port);
  }

  async function spoilNews(): Promise<void> {
    await redis().del("tollgate:news");
    await redis().set("tollgate:news", "no stream");
  }
});
