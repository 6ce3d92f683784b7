import { describe, expect, it } from "vitest";
import { completeKeyedJob } from "../../kit/clients/complete-keyed-job.js";
import { openAiOf } from "../../kit/clients/openai.js";
import { useGateway } from "../../kit/gateway/gateway.js";
import { answer, hang } from "../../kit/upstream/upstream-behaviours.js";
import { name } from "../../kit/world.js";

const gateway = useGateway({ upstream: "scripted" });
const { teamWith, jobsOf } = openAiOf(gateway);

async function keyedTeam() {
  const made = await teamWith(answer());
  const { team, openai, chat } = made;
  const key = name("run");
  const call = (headers: Record<string, string> = { "X-Job-Key": key }) =>
    openai.chat.completions.create(chat, { headers });
  const complete = (body: object | null = null, of = key) => completeKeyedJob(gateway.url, team.secret, of, body);
  return { ...made, key, call, complete };
}

describe("X-Job-Key", () => {
  it("makes a loop of calls one job, which takes one credit at its end", async () => {
    const { team, key, call, complete } = await keyedTeam();
    await call();
    await Promise.all([call(), call()]);
    const { status, body } = await complete();
    expect(status).toBe(200);
    expect(body).toMatchObject({
      object: "job",
      job_key: key,
      status: "completed",
      costs: { total_calls: 3, total_tokens: 54, credit_applied: true, credits_remaining: 9 },
    });
    expect(await jobsOf(team)).toEqual([{ id: body.id, status: "COMPLETED", costs: { totalCalls: 3 } }]);
    expect((await complete()).body).toEqual(body);
  });

  it("opens one job, however many calls come first at once", async () => {
    const { team, call } = await keyedTeam();
    await Promise.all(Array.from({ length: 8 }, () => call()));
    expect(await jobsOf(team)).toMatchObject([{ status: "IN_PROGRESS", costs: { totalCalls: 8 } }]);
  });

  it("is a team's own", async () => {
    const [one, other] = [await keyedTeam(), await keyedTeam()];
    const key = name("shared");
    await one.call({ "X-Job-Key": key });
    expect((await other.complete(null, key)).status).toBe(404);
    await other.call({ "X-Job-Key": key });
    expect((await one.complete(null, key)).body.costs.total_calls).toBe(1);
    expect(await jobsOf(other.team)).toMatchObject([{ status: "IN_PROGRESS" }]);
  });

  it("ends as failed without a credit, and takes no call after its end", async () => {
    const { call, complete } = await keyedTeam();
    await call();
    expect((await complete({ status: "failed", error_message: "No answer." })).body).toMatchObject({
      status: "failed",
      costs: { credit_applied: false, credits_remaining: 10 },
    });
    await expect(call()).rejects.toMatchObject({ status: 409, code: "invalid_state" });
    expect((await complete({ status: "completed" })).status).toBe(409);
  });

  it("does not end while a call runs", async () => {
    const { model, openai, chat, key, complete, call } = await keyedTeam();
    await call();
    const waiting = hang();
    gateway.upstream.on(model, waiting);
    const stream = openai.chat.completions.create({ ...chat, stream: true }, { headers: { "X-Job-Key": key } });
    stream.catch(() => undefined);
    await waiting.arrived;
    expect(await complete()).toMatchObject({ status: 409, body: { error: { code: "calls_running" } } });
    expect((await complete({ status: "cancelled" })).body).toMatchObject({ status: "cancelled" });
    await expect(stream).rejects.toMatchObject({ status: 499 });
  });

  it.each([
    ["a", "a".repeat(201)],
    ["a space", "two words"],
    ["nothing", ""],
  ])("is refused with %s", async (_, key) => {
    const { call } = await keyedTeam();
    await expect(call({ "X-Job-Key": key })).rejects.toMatchObject({
      status: 400,
      message: expect.stringMatching(/X-Job-Key must be 1 to 200 visible ASCII characters, got "/),
    });
  });

  it("is refused beside X-Job-Id, and an end that is none", async () => {
    const { team, call, key, complete } = await keyedTeam();
    const job = await team.job();
    await expect(call({ "X-Job-Key": key, "X-Job-Id": job.id })).rejects.toMatchObject({ status: 400 });
    expect((await complete({ status: "done" })).body.error).toMatchObject({ param: "status" });
    expect((await complete(null, "unknown")).status).toBe(404);
  });
});

describe("metadata.job", () => {
  it("names a job, as X-Job-Id does", async () => {
    const { team, openai, chat } = await teamWith(answer());
    const job = await team.job();
    await openai.chat.completions.create({ ...chat, metadata: { job: job.id } });
    expect((await job.complete()).costs).toMatchObject({ totalCalls: 1 });
    const unknown = openai.chat.completions.create({ ...chat, metadata: { job: crypto.randomUUID() } });
    await expect(unknown).rejects.toMatchObject({ status: 404 });
  });

  it("is a word of the client's own if it is no UUID", async () => {
    const { team, openai, chat } = await teamWith(answer());
    await openai.chat.completions.create({ ...chat, metadata: { job: "nightly" } });
    expect(await jobsOf(team)).toMatchObject([{ status: "COMPLETED" }]);
  });
});
