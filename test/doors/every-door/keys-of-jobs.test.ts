import { describe, expect, it } from "vitest";
import { completeKeyedJob } from "../../kit/clients/complete-keyed-job.js";
import { askDoor, MODEL_DOORS } from "../../kit/clients/model-doors.js";
import { useGateway } from "../../kit/gateway/gateway.js";
import { hang } from "../../kit/upstream/upstream-behaviours.js";
import { name } from "../../kit/world.js";

const gateway = useGateway({ upstream: "scripted" });

const JOBS = "{ jobs { nodes { id status jobType costs { totalCalls totalTokens } } } }";

type Headers = Readonly<Record<string, string>>;

async function benchOf(title: string, options: { credits?: number } = {}) {
  const door = MODEL_DOORS[title];
  if (!door) throw new Error(`There is no door ${title}.`);
  const model = name("model");
  gateway.upstream.on(model, door.behaviour);
  const team = await gateway.world.team({ models: [model], ...options });
  const ask = (headers: Headers = {}, more: object = {}) =>
    askDoor(gateway, door, { secret: team.secret, group: team.modelGroup, headers, more });
  const complete = (key: string, body: object = {}) => completeKeyedJob(gateway.url, team.secret, key, body);
  const jobs = async () => (await team.client.data(JOBS)).jobs.nodes;
  const asked = () => gateway.upstream.requests.filter(({ body }) => body.model === model).length;
  return { door, model, team, ask, complete, jobs, asked };
}

describe.each(Object.keys(MODEL_DOORS))("a key of a job at %s", (title) => {
  it("opens one job for all calls, which costs one credit", async () => {
    const { door, ask, complete, jobs, team } = await benchOf(title);
    const key = name("run");
    const answers = await Promise.all(Array.from({ length: 5 }, () => ask({ "x-job-key": key })));
    answers.push(await ask({ "x-job-key": key }));
    expect(answers.map(({ status, text }) => (status === 200 ? 200 : text))).toEqual(answers.map(() => 200));
    const [job, ...others] = await jobs();
    expect(others).toEqual([]);
    expect(new Set(answers.map(({ headers }) => headers.get("x-job-id")))).toEqual(new Set([job.id]));
    const tokens = door.tokens === null ? {} : { total_tokens: 6 * door.tokens };
    expect((await complete(key)).body).toMatchObject({ id: job.id, costs: { total_calls: 6, ...tokens } });
    expect(await team.credits()).toMatchObject({ used: 1, held: 0 });
  });

  it("buys nothing after the end of the job, and says so in the door's form", async () => {
    const { ask, asked, complete, team } = await benchOf(title);
    const key = name("run");
    await ask({ "x-job-key": key });
    await complete(key);
    const refused = await ask({ "x-job-key": key });
    expect(refused.status).toBe(409);
    expect(refused.headers.get("content-type")).toMatch(/^application\/json/);
    expect(refused.headers.get("x-should-retry")).toBe("false");
    expect(JSON.parse(refused.text).error.message).toMatch(/COMPLETED/);
    expect(asked()).toBe(1);
    expect(await team.credits()).toMatchObject({ used: 1, held: 0 });
  });

  it("opens nothing without a credit", async () => {
    const { ask, asked, jobs } = await benchOf(title, { credits: 0 });
    const { status } = await ask({ "x-job-key": name("run") });
    expect([402, 429]).toContain(status);
    expect(asked()).toBe(0);
    expect(await jobs()).toEqual([]);
  });

  it("joins with the last credit, however many come first at once", async () => {
    const { ask, jobs } = await benchOf(title, { credits: 1 });
    const key = name("run");
    const answers = await Promise.all(Array.from({ length: 8 }, () => ask({ "x-job-key": key })));
    expect(answers.map(({ status, text }) => (status === 200 ? 200 : text))).toEqual(answers.map(() => 200));
    expect(await jobs()).toMatchObject([{ status: "IN_PROGRESS", costs: { totalCalls: 8 } }]);
  });

  it("is heard in metadata.job, and the upstream is not told", async () => {
    const { ask, jobs, team, model } = await benchOf(title);
    const job = await team.job();
    const { status, text } = await ask({}, { metadata: { job: job.id } });
    expect(status, text).toBe(200);
    expect(await jobs()).toMatchObject([{ id: job.id, costs: { totalCalls: 1 } }]);
    const sent = gateway.upstream.requests.findLast(({ body }) => body.model === model);
    expect(sent?.text).not.toContain(job.id);
    expect(JSON.stringify(sent?.headers)).not.toContain("x-job");
  });

  it("opens no job for a request that is refused", async () => {
    const { ask, jobs, team } = await benchOf(title);
    const wrong = await ask({ "x-job-key": name("run") }, { model: name("unknown") });
    expect(wrong.status, wrong.text).toBe(404);
    const bad = await ask({ "x-job-key": name("run") }, { frobnicate: true });
    expect(bad.status, bad.text).toBe(400);
    expect(await jobs()).toEqual([]);
    expect(await team.credits()).toMatchObject({ held: 0 });
  });

  it("does not end its job while a call runs", async () => {
    const { ask, complete, model, team } = await benchOf(title);
    const key = name("run");
    await ask({ "x-job-key": key });
    const waiting = hang();
    gateway.upstream.on(model, waiting);
    const running = ask({ "x-job-key": key });
    await waiting.arrived;
    expect(await complete(key)).toMatchObject({ status: 409, body: { error: { code: "calls_running" } } });
    expect(await complete(key, { status: "cancelled" })).toMatchObject({ status: 200 });
    expect((await running).status).toBe(499);
    expect(await team.credits()).toMatchObject({ used: 0, held: 0 });
  });
});

describe("the end of a job by its key", () => {
  it.each([
    ["slashes", "a/b//c"],
    ["a percent sign", "100%25/%zz"],
    ["a question mark and a hash", "what?#now"],
    ["200 characters", `${"k".repeat(190)}${"/".repeat(10)}`],
    ["percent signs alone", "%".repeat(200)],
    ["the look of an id", crypto.randomUUID()],
    ["dots", "..."],
    ["what JavaScript has in objects", "__proto__"],
    ["quotes and backslashes", `"'\\{}`],
  ])("takes a key with %s", async (_, key) => {
    const { ask, complete } = await benchOf("chat");
    const { status, text } = await ask({ "x-job-key": key });
    expect(status, text).toBe(200);
    expect(await complete(key)).toMatchObject({ status: 200, body: { job_key: key, costs: { total_calls: 1 } } });
  });

  it.each([
    ["letters that are not ASCII", "schlüssel"],
    ["300 characters", "k".repeat(300)],
    ["1,000 characters", "k".repeat(1_000)],
    ["a space", "a b"],
  ])("refuses one with %s", async (_, key) => {
    const { complete } = await benchOf("chat");
    const { status, body } = await complete(key);
    expect([400, 404, 414]).toContain(status);
    expect(body.error.message).toBeTypeOf("string");
  });

  it("is the same for another virtual key of the team", async () => {
    const { ask, team, jobs, door } = await benchOf("chat");
    const key = name("run");
    await ask({ "x-job-key": key });
    const { createVirtualKey } = await gateway.admin.data(
      "mutation ($input: CreateVirtualKeyInput!) { createVirtualKey(input: $input) { virtualKey } }",
      { input: { teamId: team.id, name: "second" } },
    );
    const secret = createVirtualKey.virtualKey;
    const joined = await askDoor(gateway, door, { secret, group: team.modelGroup, headers: { "x-job-key": key } });
    expect(joined.status).toBe(200);
    expect(await jobs()).toMatchObject([{ costs: { totalCalls: 2 } }]);
    const ended = await fetch(`${gateway.url}/v1/jobs/${key}/complete`, {
      method: "POST",
      headers: { authorization: `Bearer ${secret}` },
    });
    expect(ended.status).toBe(200);
  });

  it("comes once, however many ask", async () => {
    const { ask, complete, team } = await benchOf("chat");
    const key = name("run");
    await ask({ "x-job-key": key });
    const ends = await Promise.all(Array.from({ length: 20 }, () => complete(key)));
    expect(new Set(ends.map(({ body }) => JSON.stringify(body))).size).toBe(1);
    expect(await team.credits()).toMatchObject({ used: 1, held: 0 });
  });
});

describe("two names of a job", () => {
  it("are refused as headers, and a header counts more than metadata", async () => {
    const { ask, team, jobs } = await benchOf("chat");
    const [one, other] = [await team.job("one"), await team.job("other")];
    expect((await ask({ "x-job-id": one.id, "x-job-key": "k" })).status).toBe(400);
    expect((await ask({ "x-job-id": one.id }, { metadata: { job: other.id } })).status).toBe(200);
    expect(await jobs()).toMatchObject([
      { jobType: "other", costs: { totalCalls: 0 } },
      { jobType: "one", costs: { totalCalls: 1 } },
    ]);
  });
});
