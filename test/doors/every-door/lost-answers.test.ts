import { describe, expect, it } from "vitest";
import { askDoor, MODEL_DOORS } from "../../kit/clients/model-doors.js";
import { FakeClock } from "../../kit/gateway/clock.js";
import { type Gateway, useGateway } from "../../kit/gateway/gateway.js";
import { runTasks } from "../../kit/gateway/tasks.js";
import { heldBack } from "../../kit/upstream/held-back.js";
import { name } from "../../kit/world.js";

const MINUTE_MS = 60_000;
const clock = new FakeClock();
const gateway = useGateway({ upstream: "scripted", clock, env: { CONTENT_RETENTION_MS: String(MINUTE_MS) } });

type Headers = Readonly<Record<string, string>>;
const AGAIN = { "x-stainless-retry-count": "1" };

async function benchOf(title: string, store: object = {}) {
  const door = MODEL_DOORS[title];
  if (!door) throw new Error(`There is no door ${title}.`);
  const model = name("model");
  gateway.upstream.on(model, door.behaviour);
  const team = await gateway.world.team({ models: [model] });
  const ask = (headers: Headers, more: object = {}, signal?: AbortSignal) =>
    askDoor(gateway, door, {
      secret: team.secret,
      group: team.modelGroup,
      headers,
      more: { ...store, ...more },
      ...(signal && { signal }),
    });
  /** Asks, goes away while the upstream thinks, and waits until that is noted. */
  const lose = async () => {
    const { held, arrived, release } = heldBack(door.behaviour);
    gateway.upstream.on(model, held, door.behaviour);
    const abort = new AbortController();
    const lost = ask({ "x-stainless-retry-count": "0" }, {}, abort.signal).catch(() => undefined);
    await arrived;
    abort.abort();
    await lost;
    await noted(gateway);
    return release;
  };
  const asked = () => gateway.upstream.requests.filter(({ body }) => body.model === model).length;
  return { team, ask, lose, asked };
}

/** Resolves when one lost answer is noted that nobody has taken. */
async function noted({ database }: Gateway): Promise<void> {
  const count = () => database.db.idempotencyKey.count({ where: { family: { startsWith: "lost-answer:" } } });
  await expect.poll(count).toBe(1);
}

const idOf = ({ headers }: { headers: globalThis.Headers }) => headers.get("x-tollgate-call-id");
const PLAIN = Object.keys(MODEL_DOORS).filter((title) => !MODEL_DOORS[title]?.isStream);

describe.each(Object.keys(MODEL_DOORS))("a lost answer of %s", (title) => {
  it("goes to one repeat while the call runs, and what else is asked is bought", async () => {
    const { ask, lose, asked } = await benchOf(title);
    const release = await lose();
    const repeated = ask(AGAIN);
    await expect.poll(() => gateway.database.db.idempotencyKey.count()).toBe(0);
    const others = await Promise.all([ask(AGAIN), ask({})]);
    release();
    const all = [await repeated, ...others];
    expect(all.map(({ status, text }) => (status === 200 ? 200 : text))).toEqual([200, 200, 200]);
    expect(new Set(all.map(idOf)).size).toBe(3);
    expect(asked()).toBe(3);
  });

  it("is bought anew if the call was cancelled meanwhile", async () => {
    const { team, ask, lose, asked } = await benchOf(title);
    await lose();
    const { llmCalls } = await team.client.data("{ llmCalls { nodes { id } } }");
    await team.client.data("mutation ($id: ID!) { cancelLlmCall(id: $id) { status } }", llmCalls.nodes[0]);
    expect((await ask(AGAIN)).status).toBe(200);
    expect(asked()).toBe(2);
  });
});

describe.each(PLAIN)("a lost plain answer of %s", (title) => {
  it("goes to a repeat after the call has ended, and only to the same body of the same team", async () => {
    const { team, ask, lose, asked } = await benchOf(title);
    (await lose())();
    await expect
      .poll(async () => (await team.client.data("{ jobs { nodes { status } } }")).jobs.nodes)
      .toEqual([{ status: "COMPLETED" }]);
    const other = await benchOf(title);
    await other.ask(AGAIN);
    await ask(AGAIN, { user: "somebody-else" });
    await noted(gateway);
    expect((await ask(AGAIN)).status).toBe(200);
    expect(asked()).toBe(2);
  });

  it("is bought anew once it is no longer kept, because the client has no key that it could change", async () => {
    const { team, ask, lose, asked } = await benchOf(title);
    (await lose())();
    await expect
      .poll(async () => (await team.client.data("{ jobs { nodes { status } } }")).jobs.nodes)
      .toEqual([{ status: "COMPLETED" }]);
    await clock.advance(2 * MINUTE_MS);
    await runTasks(gateway.app);
    gateway.app.calls.forgetResults();
    const { status, text } = await ask(AGAIN);
    expect(status, text).toBe(200);
    expect(asked()).toBe(2);
  });
});

describe("a lost response with store: false", () => {
  it("goes to a repeat while its call runs, and is bought anew afterwards", async () => {
    const { team, ask, lose, asked } = await benchOf("responses", { store: false });
    const release = await lose();
    const repeated = ask(AGAIN);
    await expect.poll(() => gateway.database.db.idempotencyKey.count()).toBe(0);
    release();
    expect((await repeated).text).toContain("This is a scripted answer.");
    expect(asked()).toBe(1);
    (await lose())();
    await expect.poll(async () => (await team.client.data("{ jobs { nodes { status } } }")).jobs.nodes).toHaveLength(2);
    expect((await ask(AGAIN)).text).toContain("This is a scripted answer.");
  });
});

describe.each(Object.keys(MODEL_DOORS))("an idempotency key at %s", (title) => {
  it("gets the answer again, and is told once it is no longer kept", async () => {
    const { ask, asked } = await benchOf(title);
    const key = { "idempotency-key": name("key") };
    const [first, again] = [await ask(key), await ask(key)];
    expect(first.status, first.text).toBe(200);
    expect([again.status, idOf(again)]).toEqual([200, idOf(first)]);
    expect((await ask(key, { user: "other" })).status).toBe(409);
    await clock.advance(2 * MINUTE_MS);
    await runTasks(gateway.app);
    gateway.app.calls.forgetResults();
    gateway.app.calls.forgetLogs();
    const late = await ask(key);
    expect(late.status, late.text).toBe(409);
    expect(late.headers.get("x-should-retry")).toBe("false");
    expect(late.headers.get("content-type")).toMatch(/^application\/json/);
    expect(JSON.parse(late.text).error.message).toContain("no longer kept");
    expect(asked()).toBe(1);
  });
});

const KEPT = Object.keys(MODEL_DOORS).filter((title) => title !== "embeddings");

describe.each(KEPT)("an idempotency key at %s", (title) => {
  it("gets the answer from the database too, which is where another process finds it", async () => {
    const { ask, asked } = await benchOf(title);
    const key = { "idempotency-key": name("key") };
    const first = await ask(key);
    gateway.app.calls.forgetResults();
    gateway.app.calls.forgetLogs();
    const again = await ask(key);
    expect([again.status, idOf(again)], again.text).toEqual([200, idOf(first)]);
    expect(asked()).toBe(1);
  });
});

describe.each(Object.keys(MODEL_DOORS))("a request of %s that says it is a repeat", (title) => {
  it("is bought if nothing was lost, however often it says so", async () => {
    const { ask, asked } = await benchOf(title);
    const answers = [await ask({ "x-stainless-retry-count": "0" }), await ask(AGAIN), await ask(AGAIN)];
    expect(new Set(answers.map(idOf)).size).toBe(3);
    expect(asked()).toBe(3);
  });
});
