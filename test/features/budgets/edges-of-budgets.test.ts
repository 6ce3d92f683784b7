import { beforeAll, describe, expect, it } from "vitest";
import { LlmCallInput } from "../../../src/features/calls/question/call.input.js";
import { MessageRole } from "../../../src/features/calls/question/message.input.js";
import { DomainError } from "../../../src/lib/errors.js";
import { useGateway } from "../../kit/gateway/gateway.js";
import { answer, type Behaviour } from "../../kit/upstream/upstream-behaviours.js";
import { cutStream, streamed } from "../../kit/upstream/upstream-streams.js";
import { name, RUN_LLM_CALL, type TestJob } from "../../kit/world.js";

const CREDITS_MAX = 2_147_483_647;
const ADD = "mutation ($id: ID!, $credits: Int!) { addCredits(input: { teamId: $id, credits: $credits }) { id } }";

describe("budgets at their edges", () => {
  const gateway = useGateway({ upstream: "scripted" });
  let model: string;
  beforeAll(async () => {
    model = await priced();
  });

  /** A model whose answers cost 0.0001 USD for each token. */
  async function priced(): Promise<string> {
    const model = name("model");
    await gateway.admin.data(
      `mutation ($model: String!) {
        setModelPrice(input: { model: $model, inputUsdPerMillionTokens: "0", outputUsdPerMillionTokens: "100" }) { model } }`,
      { model },
    );
    return model;
  }

  const tokens = (completion: number): Behaviour =>
    answer({ usage: { prompt_tokens: 0, completion_tokens: completion, total_tokens: completion } });

  it("refuse the next call of a job that holds as many credits as an account can have, and has used them", async () => {
    const billing = { mode: "USD", creditsPerUsd: "1000000" };
    const team = await gateway.world.team({ models: [model], credits: CREDITS_MAX, billing });
    const job = await team.job();
    // 3000 USD, which is 3000000000 credits.
    gateway.upstream.on(model, tokens(30_000_000));
    await job.call();
    expect(await team.credits()).toMatchObject({ available: 0, held: CREDITS_MAX });
    await team.client.refusal("INSUFFICIENT_CREDITS", RUN_LLM_CALL, { input: job.callInput() });
  });

  it("let a call in whose job can hold another credit, whatever another job needs in the same moment", async () => {
    const billing = { mode: "USD", creditsPerUsd: "10" };
    const team = await gateway.world.team({ models: [model], credits: 3, billing });
    // One job has used 100 credits beyond what it holds, and the other exactly the credit that it holds.
    const [dear, cheap] = [await team.job(), await team.job()].sort((a, b) => (a.id < b.id ? -1 : 1)) as [
      TestJob,
      TestJob,
    ];
    gateway.upstream.on(model, tokens(1_000));
    await cheap.call();
    gateway.upstream.on(model, tokens(100_000));
    await dear.call();
    expect(await team.credits()).toMatchObject({ available: 0, held: 3 });
    await gateway.admin.data(ADD, { id: team.id, credits: 5 });
    gateway.upstream.on(model, tokens(1));
    const viewer = await gateway.app.gate.credentials.viewerOf(team.secret, "test");
    const inputOf = (job: TestJob) =>
      Object.assign(new LlmCallInput(), {
        jobId: job.id,
        modelGroup: team.modelGroup,
        messages: [{ role: MessageRole.USER, content: "?" }],
      });
    const outcomes = await Promise.all(
      [dear, cheap].map((job) =>
        gateway.app.services.calls
          .run(viewer, inputOf(job), new AbortController().signal)
          .then(({ status }) => [job === dear, status] as const)
          .catch((error: unknown) => [job === dear, error instanceof DomainError ? error.code : error] as const),
      ),
    );
    expect(new Map(outcomes)).toEqual(
      new Map([
        [true, "INSUFFICIENT_CREDITS"],
        [false, "SUCCEEDED"],
      ]),
    );
  });

  it("count what a model has answered before it failed against the job's limit when the next model starts over", async () => {
    const models = [await priced(), await priced(), await priced()];
    const team = await gateway.world.team({ models });
    const job = await team.job("test", { maxTokens: 100 });
    const pieces = Array.from({ length: 60 }, () => "word ");
    gateway.upstream.on(models[0] as string, cutStream(pieces));
    gateway.upstream.on(models[1] as string, cutStream(pieces));
    gateway.upstream.on(models[2] as string, streamed(pieces));
    const input = { ...job.callInput(), onMidStreamFailure: "RESTART" };
    const events = gateway.socket(team.secret).stream(input);
    const last = (await events.rest()).at(-1);
    expect(last.call).toMatchObject({ status: "FAILED", error: { code: "BUDGET_EXCEEDED" } });
  });
});
