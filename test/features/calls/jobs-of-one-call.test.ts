import { describe, expect, it } from "vitest";
import { useGateway } from "../../kit/gateway/gateway.js";
import { answer, held } from "../../kit/upstream/upstream-behaviours.js";
import { LLM_CALL, name, RUN_LLM_CALL, START_LLM_CALL, TestJob } from "../../kit/world.js";

const REFUSED = "The job was opened for one call, and takes no other.";
const MESSAGES = [{ role: "user", content: "Hello" }];

describe("a job that was opened for one call", () => {
  const gateway = useGateway({ upstream: "scripted" });

  /** Such a job, while its call runs. */
  async function running() {
    const upstream = held();
    const model = name("model");
    gateway.upstream.on(model, upstream, answer());
    const team = await gateway.world.team({ models: [model] });
    const input = new TestJob("", team).callInput({ jobId: null });
    const { startLlmCall } = await team.client.data(START_LLM_CALL, { input });
    await upstream.arrived;
    const asked = () => gateway.upstream.requests.filter(({ body }) => body.model === model).length;
    return { job: new TestJob(startLlmCall.job.id, team), callId: startLlmCall.id as string, upstream, asked };
  }

  /** What each door, asked for one more call of the job, answers: a status and a sentence. */
  async function answersOf(job: TestJob): Promise<[door: string, status: number, sentence: unknown][]> {
    const { client, secret, modelGroup } = job.team;
    const input = job.callInput();
    const rest = gateway.rest(secret);
    const body = { model_group: modelGroup, messages: MESSAGES };
    const chat = { model: modelGroup, messages: MESSAGES };
    const run = await client.refusal("INVALID_STATE", RUN_LLM_CALL, { input });
    const keyed = { ...input, idempotencyKey: name("key") };
    const start = await client.refusal("INVALID_STATE", START_LLM_CALL, { input: keyed });
    const socket = await gateway.socket(secret).stream(input).rest().catch(String);
    const plain = await rest.send("POST", `/api/jobs/${job.id}/llm-call`, body);
    const stream = await rest.send("POST", `/api/jobs/${job.id}/llm-call-stream`, body);
    const openai = await rest.send("POST", "/v1/chat/completions", chat, { "x-job-id": job.id });
    return [
      ["run", 409, run.message],
      ["start", 409, start.message],
      ["socket", 409, socket],
      ["rest", plain.status, plain.body.detail],
      ["rest stream", stream.status, JSON.stringify(stream.body)],
      ["openai", openai.status, openai.body.error?.message],
    ];
  }

  it("refuses every further call while its own runs, whatever door asks, and is paid for", async () => {
    const { job, callId, upstream, asked } = await running();
    for (const [door, status, sentence] of await answersOf(job)) {
      expect(status, door).toBe(409);
      expect(sentence, door).toContain(REFUSED);
    }
    expect(asked()).toBe(1);
    upstream.release();
    await expect.poll(() => job.read()).toMatchObject({ status: "COMPLETED", costs: { totalCalls: 1 } });
    expect((await job.team.client.data(LLM_CALL, { id: callId })).llmCall.status).toBe("SUCCEEDED");
    expect(await job.team.credits()).toMatchObject({ used: 1, held: 0 });
    const { message } = await job.team.client.refusal("INVALID_STATE", RUN_LLM_CALL, { input: job.callInput() });
    expect(message).toBe("The job is COMPLETED.");
  });

  it("takes no second call from the database either, and does not stay open after its own", async () => {
    const { job, callId, upstream } = await running();
    const { db } = gateway.database;
    const change = (sql: string) => db.$executeRawUnsafe(`UPDATE jobs SET ${sql} WHERE id = '${job.id}'`);
    await expect(change("total_calls = 2, running_calls = 2")).rejects.toThrow("jobs_of_one_call_check");
    await expect(change("running_calls = 0, successful_calls = 1")).rejects.toThrow("jobs_of_one_call_end");
    upstream.release();
    await expect.poll(() => job.read()).toMatchObject({ status: "COMPLETED" });
    expect((await job.team.client.data(LLM_CALL, { id: callId })).llmCall.status).toBe("SUCCEEDED");
  });

  it("is paid for also if the database does not take the answer", async () => {
    const { db } = gateway.database;
    await db.$executeRawUnsafe(`CREATE FUNCTION refuse_answer() RETURNS TRIGGER LANGUAGE plpgsql AS $$
      BEGIN RAISE EXCEPTION 'too much'; END $$`);
    await db.$executeRawUnsafe(`CREATE TRIGGER refuse_answer BEFORE UPDATE ON llm_calls
      FOR EACH ROW WHEN (NEW.content = 'This is too much.') EXECUTE FUNCTION refuse_answer()`);
    const model = name("model");
    gateway.upstream.on(model, answer({ content: "This is too much." }));
    const team = await gateway.world.team({ models: [model] });
    const input = new TestJob("", team).callInput({ jobId: null });
    const { runLlmCall } = await team.client.data(RUN_LLM_CALL, { input });
    expect(runLlmCall).toMatchObject({ status: "SUCCEEDED", content: null, usage: { totalTokens: 18 } });
    expect(await team.credits()).toMatchObject({ used: 1, held: 0 });
  });
});
