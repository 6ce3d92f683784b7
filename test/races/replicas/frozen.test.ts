import { describe, expect, it } from "vitest";
import { textOf } from "../../kit/clients/ws.js";
import { expectSoundLedger } from "../../kit/database/ledger.js";
import type { GatewayProcess } from "../../kit/gateway/gateway-process.js";
import { canReplicate, useReplicas } from "../../kit/gateway/replicas.js";
import { type HeldStream, heldStream } from "../../kit/upstream/upstream-streams.js";
import { name, type TestTeam } from "../../kit/world.js";

const AT_A_TIME = 12;

describe.runIf(canReplicate())("Redis is frozen while calls are followed elsewhere", { timeout: 120_000 }, () => {
  const replicas = useReplicas({ LOG_LEVEL: "info", LOG_FORMAT: "json" });

  it("calls start, run and end, each follower gets all of its call once, and each call is charged once", async () => {
    const { witness, redis, a, b, c } = replicas;
    const calls = await begin();
    redis.freeze();
    for (const { upstream } of calls.slice(0, 4)) upstream.finish();
    const later = await begin();
    for (const { upstream } of [...calls.slice(4), ...later]) upstream.text("upon ");
    for (const { url } of [a, b, c]) await expect.poll(() => isAway(url), { timeout: 10_000 }).toBe(true);
    for (const { upstream } of later.slice(0, 4)) upstream.finish();
    redis.thaw();
    await replicas.connected();
    for (const { upstream } of [...calls.slice(4), ...later.slice(4)]) {
      upstream.text("a time");
      upstream.finish();
    }
    for (const [of, words] of [
      [calls.slice(0, 4), "Once "],
      [later.slice(0, 4), "Once upon "],
      [[...calls.slice(4), ...later.slice(4)], "Once upon a time"],
    ] as const)
      for (const { followed, team } of of) {
        const seen = await followed;
        expect(textOf(seen)).toBe(words);
        const ends = seen.filter(({ __typename }) => __typename === "LlmCallFinished");
        expect(ends).toMatchObject([{ call: { status: "SUCCEEDED", content: words } }]);
        expect(seen.at(-1)).toBe(ends[0]);
        expect(await team.credits()).toMatchObject({ used: 1, held: 0 });
      }
    for (const { log } of [a, b, c])
      await expect
        .poll(() => log.map(({ msg }) => msg).filter((text) => /^Redis is/.test(text)), { timeout: 10_000 })
        .toEqual(["Redis is away. Calls run and are settled without it.", "Redis is back."]);
    await expectSoundLedger(witness.database.db);
  });

  /** Calls in one process, each a job of its own, that are followed in another. */
  async function begin(): Promise<{ upstream: HeldStream; team: TestTeam; followed: Promise<Seen> }[]> {
    const { witness, a, b, c } = replicas;
    return Promise.all(
      Array.from({ length: AT_A_TIME }, async (_, index) => {
        const upstream = heldStream();
        const model = name("model");
        witness.upstream.on(model, upstream);
        const team = await witness.world.team({ models: [model], credits: 5 });
        const asked = replicas.socket(index % 2 ? a : c, team).stream({
          modelGroup: team.modelGroup,
          messages: [{ role: "USER", content: "Well?" }],
          onDisconnect: "FINISH",
        });
        const { callId } = await asked.next();
        await upstream.arrived;
        upstream.text("Once ");
        await asked.until("LlmCallDelta");
        return { upstream, team, followed: followed(b, team, callId) };
      }),
    );
  }

  type Seen = Awaited<ReturnType<typeof followed>>;

  /** Follows a call to its end, and takes it up again each time that it is told to. */
  async function followed(at: GatewayProcess, team: TestTeam, callId: string) {
    const socket = replicas.socket(at, team);
    // biome-ignore lint/suspicious/noExplicitAny: as in the kit.
    const seen: any[] = [];
    while (seen.at(-1)?.__typename !== "LlmCallFinished") {
      const events = socket.follow(callId, seen.at(-1)?.sequence ?? 0);
      const failure = await events.rest().then(
        () => undefined,
        (error: unknown) => error,
      );
      seen.push(...events.seen);
      if (failure) expect(failure).toMatchObject({ code: "UNAVAILABLE", retryable: true });
    }
    return seen;
  }
});

async function isAway(url: string): Promise<boolean> {
  return (await (await fetch(`${url}/health/ready`)).text()).includes("away");
}
