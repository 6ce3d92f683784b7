import { describe, expect, it } from "vitest";
import { textOf } from "../../kit/clients/ws.js";
import { FakeClock } from "../../kit/gateway/clock.js";
import { useGateway } from "../../kit/gateway/gateway.js";
import { answer, type Behaviour, error, held } from "../../kit/upstream/upstream-behaviours.js";
import { heldStream, streamed } from "../../kit/upstream/upstream-streams.js";
import { CREATE_JOB, name, RUN_LLM_CALL, START_LLM_CALL, type TestJob, type TestTeam } from "../../kit/world.js";

const HOUR = 3_600_000;
const ADD = "mutation ($input: AddCreditsInput!) { addCredits(input: $input) { credits { allocated available } } }";

describe("the same idempotency key", () => {
  const clock = new FakeClock();
  const gateway = useGateway({ upstream: "scripted", clock });
  const asked = (model: string) => gateway.upstream.requests.filter(({ body }) => body.model === model).length;

  async function jobWith(...behaviours: [Behaviour, ...Behaviour[]]): Promise<{ job: TestJob; model: string }> {
    const model = name("model");
    gateway.upstream.on(model, ...behaviours);
    return { job: await (await gateway.world.team({ models: [model] })).job(), model };
  }
  const run = async ({ team: { client } }: TestJob, input: object) =>
    (await client.data(RUN_LLM_CALL, { input })).runLlmCall;

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

    it("opens one job if the call names no job", async () => {
      const { job } = await jobWith(answer());
      const input = job.callInput({ jobId: null, idempotencyKey: name("key") });
      const calls = await Promise.all(Array.from({ length: 10 }, () => run(job, input)));
      expect(new Set(calls.map((call) => call.job.id)).size).toBe(1);
      expect(await job.team.credits()).toMatchObject({ used: 1, held: 1, available: 8 });
    });

    it("gives back a call that FAILED as FAILED, without asking a model again", async () => {
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

    it("differs from the same key of a job, and of another team's call", async () => {
      const { job } = await jobWith(answer());
      const other = await jobWith(answer());
      const idempotencyKey = name("key");
      await job.team.client.data(CREATE_JOB, { input: { jobType: "test", idempotencyKey } });
      const first = await run(job, job.callInput({ idempotencyKey }));
      const second = await run(other.job, other.job.callInput({ idempotencyKey }));
      expect(second.id).not.toBe(first.id);
      expect(asked(other.model)).toBe(1);
    });

    it("may be left out, and then each request makes a call", async () => {
      const { job, model } = await jobWith(answer());
      await Promise.all([run(job, job.callInput()), run(job, job.callInput({ idempotencyKey: null }))]);
      expect(asked(model)).toBe(2);
    });

    it("is forgotten after 24 hours", async () => {
      const { job, model } = await jobWith(answer());
      const input = { ...job.callInput({ idempotencyKey: name("key") }), jobId: null };
      const first = await run(job, input);
      await clock.advance(24 * HOUR);
      expect((await run(job, input)).id).not.toBe(first.id);
      expect(asked(model)).toBe(2);
    });
  });
});
