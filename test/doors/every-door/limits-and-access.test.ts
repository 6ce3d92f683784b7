import { describe, expect, it } from "vitest";
import { askDoor, MODEL_DOORS } from "../../kit/clients/model-doors.js";
import { FakeClock } from "../../kit/gateway/clock.js";
import { useGateway } from "../../kit/gateway/gateway.js";
import { heldBack } from "../../kit/upstream/held-back.js";
import { error } from "../../kit/upstream/upstream-behaviours.js";
import { name } from "../../kit/world.js";

const clock = new FakeClock();
const gateway = useGateway({ upstream: "scripted", clock });

const CREATE_KEY =
  "mutation ($input: CreateVirtualKeyInput!) { createVirtualKey(input: $input) { virtualKey key { id } } }";
const JOBS = "{ jobs { nodes { status costs { totalCalls runningCalls totalTokens } } } }";

async function benchOf(title: string, options: { limits?: object; credits?: number } = {}) {
  const door = MODEL_DOORS[title];
  if (!door) throw new Error(`There is no door ${title}.`);
  const model = name("model");
  gateway.upstream.on(model, door.behaviour);
  const team = await gateway.world.team({ models: [model], credits: 50, ...options });
  const askWith = (secret: string, headers: Readonly<Record<string, string>> = {}, more: object = {}) =>
    askDoor(gateway, door, { secret, group: team.modelGroup, headers, more });
  const ask = (headers = {}, more = {}) => askWith(team.secret, headers, more);
  const asked = () => gateway.upstream.requests.filter(({ body }) => body.model === model).length;
  return { door, model, team, ask, askWith, asked };
}

const left = ({ headers }: { headers: Headers }, kind: "requests" | "tokens") =>
  Number(headers.get(`x-ratelimit-remaining-${kind}`));

describe.each(Object.keys(MODEL_DOORS))("%s", (title) => {
  it("counts each call once: as a request, and with its tokens", async () => {
    const { door, ask, asked } = await benchOf(title, { limits: { requestsPerMinute: 3, tokensPerMinute: 100_000 } });
    const answers = [await ask(), await ask(), await ask()];
    expect(answers.map((each) => left(each, "requests"))).toEqual([2, 1, 0]);
    const refused = await ask();
    expect(refused.status).toBe(429);
    expect(refused.headers.get("x-should-retry")).toBeNull();
    expect(Number(refused.headers.get("retry-after-ms"))).toBeGreaterThan(0);
    expect(asked()).toBe(3);
    await clock.advance(61_000);
    // The tokens of the calls before are those of the minute that is over.
    const next = await ask();
    expect(next.status).toBe(200);
    if (door.tokens === null) return;
    const after = await ask();
    const [first, second] = [left(next, "tokens"), left(after, "tokens")];
    // Both say what was left when they were let in. The second sees what the first really used.
    expect(100_000 - second - (100_000 - first)).toBe(door.tokens);
  });

  it("gives the tokens of a failed call back, and of one that is refused", async () => {
    const { model, ask, door } = await benchOf(title, { limits: { tokensPerMinute: 100_000 } });
    const fresh = left(await ask(), "tokens");
    await clock.advance(61_000);
    gateway.upstream.on(model, error(400, { error: { message: "No.", type: "invalid_request_error" } }));
    expect((await ask()).status).toBe(400);
    expect((await ask({}, { frobnicate: true })).status).toBe(400);
    expect((await ask({ "x-job-id": crypto.randomUUID() })).status).toBe(404);
    gateway.upstream.on(model, door.behaviour);
    expect(left(await ask(), "tokens")).toBe(fresh);
  });

  it("has one of the calls at once, and gives it back however the call ends", async () => {
    const { door, model, ask, team } = await benchOf(title, { limits: { concurrentCalls: 1 } });
    const { held, arrived, release } = heldBack(door.behaviour);
    gateway.upstream.on(model, held, error(400, { error: { message: "No." } }), door.behaviour);
    const first = ask();
    await arrived;
    expect((await ask()).status).toBe(429);
    release();
    expect((await first).status).toBe(200);
    expect((await ask()).status).toBe(400);
    expect((await ask()).status).toBe(200);
    const { jobs } = await team.client.data(JOBS);
    const ends = jobs.nodes.map(({ status }: { status: string }) => status);
    expect(ends.sort()).toEqual(["COMPLETED", "COMPLETED", "FAILED"]);
    expect(await team.credits()).toMatchObject({ used: 2, held: 0 });
  });

  it("buys nothing in a job that has reached its own limit of tokens, or whose cost nobody could count", async () => {
    const { door, ask, asked, team } = await benchOf(title);
    const limited = await team.job("limited", { maxTokens: 20 });
    let answered = await ask({ "x-job-id": limited.id });
    // An answer that has passed the limit is paid for, and told. Only a stream is cut, if it has passed it in the middle.
    for (let count = 1; answered.status === 200 && count < 30; count++)
      answered = await ask({ "x-job-id": limited.id });
    expect([402, 403]).toContain(answered.status);
    expect(answered.text).toMatch(
      door.isStream ? /limit of (cost or of )?tokens/ : /The job has reached its own limit of cost or of tokens/,
    );
    expect(answered.headers.get("x-should-retry")).toBe("false");
    const { costs } = await limited.complete();
    expect(costs.totalCalls).toBe(asked());
    expect(costs.totalTokens).toBeGreaterThanOrEqual(20);
    const capped = await team.job("capped", { maxCostUsd: "1" });
    const unpriced = await ask({ "x-job-id": capped.id });
    expect([402, 403]).toContain(unpriced.status);
    expect(unpriced.text).toMatch(/has no price/);
    expect(asked()).toBe(costs.totalCalls);
  });

  it("is closed to keys that may not ask, and buys nothing for them", async () => {
    const { team, ask, askWith, asked } = await benchOf(title);
    const keyWith = async (more: object) => {
      const { createVirtualKey } = await gateway.admin.data(CREATE_KEY, { input: { teamId: team.id, ...more } });
      return createVirtualKey;
    };
    const elsewhere = await keyWith({ modelGroups: [] });
    expect((await askWith(elsewhere.virtualKey)).status).toBe(404);
    const expiring = await keyWith({ expiresAt: new Date(clock.now().getTime() + 60_000).toISOString() });
    expect((await askWith(expiring.virtualKey)).status).toBe(200);
    await clock.advance(61_000);
    expect((await askWith(expiring.virtualKey)).status).toBe(401);
    const revoked = await keyWith({});
    await gateway.admin.data("mutation ($id: ID!) { revokeVirtualKey(id: $id) { id } }", { id: revoked.key.id });
    expect((await askWith(revoked.virtualKey)).status).toBe(401);
    expect((await askWith("sk-admin-key-change-me")).status).toBe(403);
    await gateway.admin.data("mutation ($id: ID!) { suspendTeam(id: $id) { id } }", { id: team.id });
    const suspended = await ask({ "x-job-key": name("run") });
    expect(suspended.status).toBe(403);
    expect(suspended.headers.get("x-should-retry")).toBe("false");
    expect(asked()).toBe(1);
    const { team: seen } = await gateway.admin.data(
      "query ($id: ID!) { team(id: $id) { credits { used held } jobs { totalCount } } }",
      { id: team.id },
    );
    expect(seen).toEqual({ credits: { used: 1, held: 0 }, jobs: { totalCount: 1 } });
  });
});
