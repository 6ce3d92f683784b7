import { describe, expect, it } from "vitest";
import type { GraphqlClient } from "../../kit/clients/graphql.js";
import { textOf } from "../../kit/clients/ws.js";
import { FakeClock } from "../../kit/gateway/clock.js";
import { useGateway } from "../../kit/gateway/gateway.js";
import { answer, type Behaviour, error, held } from "../../kit/upstream/upstream-behaviours.js";
import { heldStream, streamed } from "../../kit/upstream/upstream-streams.js";
import { CREATE_JOB, name, RUN_LLM_CALL, START_LLM_CALL, type TestJob, type TestTeam } from "../../kit/world.js";

const HOUR = 3_600_000;
const ADD = "mutation ($input: AddCreditsInput!) { addCredits(input: $input) { credits { allocated available } } }";
const ADJUST =
  "mutation ($input: AdjustCreditsInput!) { adjustCredits(input: $input) { credits { allocated available } } }";

describe("the same idempotency key", () => {
  const clock = new FakeClock();
  const gateway = useGateway({ upstream: "scripted", clock });
  const asked = (model: string) => gateway.upstream.requests.filter(({ body }) => body.model === model).length;

  async function jobWith(...behaviours: [Behaviour, ...Behaviour[]]): Promise<{ job: TestJob; model: string }> {
    const model = name("model");
    gateway.upstream.on(model, ...behaviours);
    return { job: await (await gateway.world.team({ models: [model] })).job(), model };
  }
  const createJob = async ({ client }: { client: GraphqlClient }, input: object) =>
    (await client.data(CREATE_JOB, { input: { jobType: "test", ...input } })).createJob;
  const run = async ({ team: { client } }: TestJob, input: object) =>
    (await client.data(RUN_LLM_CALL, { input })).runLlmCall;

  describe("of createJob", () => {
    it("opens one job, and answers with it as it is", async () => {
      const team = await gateway.world.team();
      const input = { jobType: "report", metadata: { a: 1, b: 2 }, idempotencyKey: name("key") };
      const first = await createJob(team, input);
      expect(await createJob(team, { ...input, metadata: { b: 2, a: 1 } })).toEqual(first);
      await team.client.data("mutation ($id: ID!) { completeJob(input: { jobId: $id }) { job { id } } }", {
        id: first.id,
      });
      expect(await createJob(team, input)).toMatchObject({ id: first.id, status: "COMPLETED" });
      expect(await team.credits()).toMatchObject({ used: 1, held: 0, available: 9 });
    });

    it("sent 20 times at once opens one job", async () => {
      const team = await gateway.world.team();
      const idempotencyKey = name("key");
      const jobs = await Promise.all(Array.from({ length: 20 }, () => createJob(team, { idempotencyKey })));
      expect(new Set(jobs.map(({ id }) => id)).size).toBe(1);
      expect(await team.credits()).toMatchObject({ held: 1, available: 9 });
    });

    it("is refused with another input", async () => {
      const team = await gateway.world.team();
      const idempotencyKey = name("key");
      await createJob(team, { idempotencyKey });
      const input = { jobType: "other", idempotencyKey };
      const { extensions, message } = await team.client.refusal("IDEMPOTENCY_CONFLICT", CREATE_JOB, { input });
      expect(extensions).toMatchObject({ status: 409, retryable: false });
      expect(message).toBe("The idempotency key was used before, with another input.");
      expect(await team.credits()).toMatchObject({ held: 1 });
    });

    it("may be tried again after a refusal, which is not remembered", async () => {
      const team = await gateway.world.team({ credits: 1 });
      const first = await createJob(team, {});
      const idempotencyKey = name("key");
      await team.client.refusal("INSUFFICIENT_CREDITS", CREATE_JOB, { input: { jobType: "test", idempotencyKey } });
      await team.client.data(
        "mutation ($id: ID!) { completeJob(input: { jobId: $id, status: FAILED }) { job { id } } }",
        {
          id: first.id,
        },
      );
      const second = await createJob(team, { idempotencyKey });
      expect(second.id).not.toBe(first.id);
    });

    it("is another key for another team", async () => {
      const idempotencyKey = name("key");
      const [one, other] = await Promise.all([gateway.world.team(), gateway.world.team()]);
      const [first, second] = [await createJob(one, { idempotencyKey }), await createJob(other, { idempotencyKey })];
      expect(second.id).not.toBe(first.id);
      await createJob(other, { idempotencyKey });
      expect(await other.credits()).toMatchObject({ held: 1 });
    });

    it("is kept for 24 hours, and then forgotten", async () => {
      const team = await gateway.world.team();
      const idempotencyKey = name("key");
      const first = await createJob(team, { idempotencyKey });
      clock.advance(24 * HOUR - 1);
      await gateway.server.background.runAllNow();
      expect((await createJob(team, { idempotencyKey })).id).toBe(first.id);
      clock.advance(1);
      // Before the sweep has removed it, and afterwards, with an input that would have been refused.
      const second = await createJob(team, { idempotencyKey, jobType: "other" });
      expect(second.id).not.toBe(first.id);
      clock.advance(24 * HOUR);
      await gateway.server.background.runAllNow();
      expect(await gateway.database.db.idempotencyKey.count({ where: { key: idempotencyKey } })).toBe(0);
      expect((await createJob(team, { idempotencyKey })).id).not.toBe(second.id);
    });

    it.each([
      ["none", ""],
      ["256", "k".repeat(256)],
    ])("must have 1 to 255 characters, not %s", async (_, idempotencyKey) => {
      const team = await gateway.world.team();
      const { extensions } = await team.client.refusal("INVALID_INPUT", CREATE_JOB, {
        input: { jobType: "test", idempotencyKey },
      });
      expect(extensions.field).toBe("input.idempotencyKey");
      await createJob(team, { idempotencyKey: name("k".repeat(246)) });
    });
  });

  describe("of credits", () => {
    it("grants once, and adjusts once, each with keys of its own", async () => {
      const team = await gateway.world.team({ credits: 10 });
      const input = { teamId: team.id, credits: 5, reason: "paid", idempotencyKey: name("key") };
      const results = await Promise.all(Array.from({ length: 10 }, () => gateway.admin.data(ADD, { input })));
      for (const { addCredits } of results) expect(addCredits.credits).toEqual({ allocated: 15, available: 15 });
      await Promise.all(Array.from({ length: 10 }, () => gateway.admin.data(ADJUST, { input })));
      expect(await team.credits()).toMatchObject({ allocated: 20, available: 20 });
      await gateway.admin.data(ADD, { input: { ...input, idempotencyKey: null } });
      expect(await team.credits()).toMatchObject({ allocated: 25 });
    });

    it.each([
      ["addCredits", ADD],
      ["adjustCredits", ADJUST],
    ])("of %s is refused with another input, whichever field differs", async (_, mutation) => {
      const team = await gateway.world.team({ credits: 10 });
      const other = await gateway.world.team({ credits: 10 });
      const input = { teamId: team.id, credits: 5, reason: "paid", idempotencyKey: name("key") };
      await gateway.admin.data(mutation, { input });
      for (const change of [{ credits: 6 }, { reason: "gift" }, { teamId: other.id }])
        await gateway.admin.refusal("IDEMPOTENCY_CONFLICT", mutation, { input: { ...input, ...change } });
      expect(await team.credits()).toMatchObject({ allocated: 15 });
      expect(await other.credits()).toMatchObject({ allocated: 10 });
    });

    it("may be tried again after an adjustment that was refused", async () => {
      const team = await gateway.world.team({ credits: 1 });
      const input = { teamId: team.id, credits: -2, reason: "wrong", idempotencyKey: name("key") };
      await gateway.admin.refusal("INSUFFICIENT_CREDITS", ADJUST, { input });
      await gateway.admin.data(ADD, { input: { teamId: team.id, credits: 5 } });
      await gateway.admin.data(ADJUST, { input });
      await gateway.admin.data(ADJUST, { input });
      expect(await team.credits()).toMatchObject({ allocated: 4 });
    });
  });

  describe("of a call", () => {
    it("makes one call, and answers with it once it is settled", async () => {
      const { job, model } = await jobWith(answer());
      const input = job.callInput({ idempotencyKey: name("key") });
      const first = await run(job, input);
      expect(await run(job, input)).toEqual(first);
      expect(first.status).toBe("SUCCEEDED");
      expect(asked(model)).toBe(1);
      expect((await job.complete()).costs).toMatchObject({ totalCalls: 1 });
      expect(await run(job, input)).toMatchObject({ id: first.id, content: first.content });
    });

    it("attaches to the call while it runs: one request to the upstream, one answer for all", async () => {
      const upstream = held();
      const { job, model } = await jobWith(upstream);
      const input = job.callInput({ idempotencyKey: name("key") });
      const runs = Array.from({ length: 10 }, () => run(job, input));
      await upstream.arrived;
      const late = run(job, input);
      const { startLlmCall } = await job.team.client.data(START_LLM_CALL, { input });
      expect(startLlmCall.status).toBe("RUNNING");
      upstream.release();
      const calls = await Promise.all([...runs, late]);
      expect(new Set(calls.map((call) => JSON.stringify(call))).size).toBe(1);
      expect(calls[0]).toMatchObject({ id: startLlmCall.id, status: "SUCCEEDED" });
      expect(asked(model)).toBe(1);
      expect((await job.read()).costs).toMatchObject({ totalCalls: 1 });
    });

    it("is the same for run, start and stream", async () => {
      const { job, model } = await jobWith(streamed(["Yes", ", sir."]));
      const input = job.callInput({ idempotencyKey: name("key") });
      const called = await run(job, input);
      const events = await gateway.socket(job.team.secret).stream(input).rest();
      expect(events.at(-1)).toMatchObject({ __typename: "LlmCallFinished", call: { id: called.id } });
      expect(textOf(events)).toBe(called.content);
      const { startLlmCall } = await job.team.client.data(START_LLM_CALL, { input });
      expect(startLlmCall).toEqual(called);
      expect(asked(model)).toBe(1);
    });

    it("attaches a stream to a stream that runs, from its start", async () => {
      const upstream = heldStream();
      const { job, model } = await jobWith(upstream);
      const input = job.callInput({ idempotencyKey: name("key") });
      const first = gateway.socket(job.team.secret).stream(input);
      await first.next();
      await upstream.arrived;
      upstream.text("Once ");
      await first.until("LlmCallDelta");
      const second = gateway.socket(job.team.secret).stream(input);
      await second.until("LlmCallDelta");
      upstream.text("upon");
      upstream.finish();
      await Promise.all([first.until("LlmCallFinished"), second.until("LlmCallFinished")]);
      expect(textOf(second.seen)).toBe("Once upon");
      expect(second.seen.at(-1)).toEqual(first.seen.at(-1));
      expect(asked(model)).toBe(1);
    });

    it("opens one job where the call brings its own", async () => {
      const { job } = await jobWith(answer());
      const input = job.callInput({ jobId: null, idempotencyKey: name("key") });
      const calls = await Promise.all(Array.from({ length: 10 }, () => run(job, input)));
      expect(new Set(calls.map((call) => call.job.id)).size).toBe(1);
      expect(await job.team.credits()).toMatchObject({ used: 1, held: 1, available: 8 });
    });

    it("replays a call that FAILED as FAILED, without asking anyone again", async () => {
      const { job, model } = await jobWith(error(401), answer());
      const input = job.callInput({ idempotencyKey: name("key") });
      const first = await run(job, input);
      expect(first.status).toBe("FAILED");
      expect(await run(job, input)).toEqual(first);
      expect(asked(model)).toBe(1);
    });

    it("is refused with another input, while it runs too", async () => {
      const upstream = held();
      const { job, model } = await jobWith(upstream, answer());
      const input = job.callInput({ idempotencyKey: name("key") });
      const { client } = job.team;
      const running = run(job, input);
      await upstream.arrived;
      for (const change of [
        { temperature: 0.5 },
        { purpose: "other" },
        { messages: [{ role: "USER", content: "Other?" }] },
      ])
        await client.refusal("IDEMPOTENCY_CONFLICT", RUN_LLM_CALL, { input: { ...input, ...change } });
      upstream.release();
      await running;
      await client.refusal("IDEMPOTENCY_CONFLICT", START_LLM_CALL, { input: { ...input, seed: 1 } });
      await expect(
        gateway
          .socket(job.team.secret)
          .stream({ ...input, seed: 1 })
          .next(),
      ).rejects.toMatchObject({
        code: "IDEMPOTENCY_CONFLICT",
      });
      expect(asked(model)).toBe(1);
    });

    it("may be tried again after a refusal, which is not remembered", async () => {
      const { job } = await jobWith(answer());
      const { team } = job;
      const idempotencyKey = name("key");
      await team.client.refusal("MODEL_GROUP_NOT_ALLOWED", RUN_LLM_CALL, {
        input: job.callInput({ modelGroup: "No", idempotencyKey }),
      });
      const poor: TestTeam = await gateway.world.team({ credits: 0 });
      const input = { ...job.callInput({ idempotencyKey }), jobId: null, modelGroup: poor.modelGroup };
      await poor.client.refusal("INSUFFICIENT_CREDITS", RUN_LLM_CALL, { input });
      await gateway.admin.data(ADD, { input: { teamId: poor.id, credits: 1 } });
      expect((await poor.client.data(RUN_LLM_CALL, { input })).runLlmCall.status).toBe("SUCCEEDED");
      expect(await run(job, job.callInput({ idempotencyKey }))).toMatchObject({ status: "SUCCEEDED" });
    });

    it("is another key than that of a job, and of another team", async () => {
      const { job } = await jobWith(answer());
      const other = await jobWith(answer());
      const idempotencyKey = name("key");
      await createJob(job.team, { idempotencyKey });
      const first = await run(job, job.callInput({ idempotencyKey }));
      const second = await run(other.job, other.job.callInput({ idempotencyKey }));
      expect(second.id).not.toBe(first.id);
      expect(asked(other.model)).toBe(1);
    });

    it("without a key, makes a call each time", async () => {
      const { job, model } = await jobWith(answer());
      await Promise.all([run(job, job.callInput()), run(job, job.callInput({ idempotencyKey: null }))]);
      expect(asked(model)).toBe(2);
    });

    it("is forgotten after 24 hours", async () => {
      const { job, model } = await jobWith(answer());
      const input = { ...job.callInput({ idempotencyKey: name("key") }), jobId: null };
      const first = await run(job, input);
      clock.advance(24 * HOUR);
      expect((await run(job, input)).id).not.toBe(first.id);
      expect(asked(model)).toBe(2);
    });
  });
});
