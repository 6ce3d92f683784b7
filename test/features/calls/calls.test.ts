import { describe, expect, it } from "vitest";
import { useGateway } from "../../kit/gateway/gateway.js";
import { answer, cut, error, garbage, held, litellmError } from "../../kit/upstream/upstream-behaviours.js";
import { name, RUN_LLM_CALL } from "../../kit/world.js";

describe("a call", () => {
  const gateway = useGateway({ upstream: "scripted" });
  /** A model that no other test scripts. */
  const model = () => name("model");
  const jobOf = async (...models: string[]) => (await gateway.world.team({ models })).job();

  it("passes everything on to the upstream and comes back with text, tokens and cost", async () => {
    gateway.upstream.on(
      "gpt-4o-mini",
      answer({ content: "A gate.", usage: { prompt_tokens: 1000, completion_tokens: 500, total_tokens: 1500 } }),
    );
    const job = await jobOf("gpt-4o-mini");
    const sent = {
      messages: [
        { role: "SYSTEM", content: "Be brief." },
        {
          role: "USER",
          parts: [
            { type: "text", text: "What is this?" },
            { type: "image_url", image_url: { url: "data:image/png;base64,AA==" } },
          ],
          name: "ann",
        },
        { role: "ASSISTANT", toolCalls: [{ id: "t1", type: "function", function: { name: "look", arguments: "{}" } }] },
        { role: "TOOL", content: "a gate", toolCallId: "t1" },
      ],
      temperature: 0.3,
      maxTokens: 100,
      topP: 0.9,
      stop: ["\n"],
      seed: 7,
      tools: [{ type: "function", function: { name: "look", parameters: { type: "object" } } }],
      toolChoice: "auto",
      responseFormat: { type: "json_object" },
      providerOptions: { presence_penalty: 0.5 },
      purpose: "demo",
      metadata: { step: 1 },
    };
    const call = await job.call(sent);
    expect(call).toMatchObject({
      status: "SUCCEEDED",
      content: "A gate.",
      finishReason: "stop",
      model: "gpt-4o-mini",
      provider: "openai-compatible",
      purpose: "demo",
      metadata: { step: 1 },
      usage: { promptTokens: 1000, completionTokens: 500, totalTokens: 1500, source: "REPORTED" },
      // 1000 x $0.15 and 500 x $0.60 per million.
      costUsd: "0.00045",
      costSource: "PRICE_TABLE",
      error: null,
      job: { id: job.id, status: "IN_PROGRESS" },
    });
    const request = gateway.upstream.requests.at(-1);
    expect(request?.headers.authorization).toBe("Bearer sk-upstream");
    expect(request?.body).toMatchObject({
      model: "gpt-4o-mini",
      messages: [
        { role: "system", content: "Be brief." },
        { role: "user", name: "ann", content: sent.messages[1]?.parts },
        { role: "assistant", content: null, tool_calls: sent.messages[2]?.toolCalls },
        { role: "tool", content: "a gate", tool_call_id: "t1" },
      ],
      temperature: 0.3,
      max_tokens: 100,
      top_p: 0.9,
      stop: ["\n"],
      seed: 7,
      tools: sent.tools,
      tool_choice: "auto",
      response_format: { type: "json_object" },
      presence_penalty: 0.5,
    });
  });

  it("asks the upstream for nothing that the client did not ask for", async () => {
    const job = await jobOf("gpt-4o-mini");
    await job.call({ temperature: null, maxTokens: null });
    const { stream, ...body } = gateway.upstream.requests.at(-1)?.body ?? {};
    expect(stream ?? false).toBe(false);
    expect(body).toEqual({ model: "gpt-4o-mini", messages: [{ role: "user", content: "What is a tollgate?" }] });
  });

  it("comes back with the tools that the model asks for", async () => {
    const asking = model();
    const tool = { id: "call_1", name: "look", arguments: '{"at":"gate"}' };
    gateway.upstream.on(asking, answer({ content: null, toolCalls: [tool], finishReason: "tool_calls" }));
    const call = await (await jobOf(asking)).call();
    expect(call).toMatchObject({
      content: null,
      finishReason: "tool_calls",
      toolCalls: [{ id: "call_1", name: "look", arguments: '{"at":"gate"}' }],
    });
  });

  it("takes the upstream's own cost before the price table", async () => {
    gateway.upstream.on("gpt-4", answer({ headers: { "x-litellm-response-cost": "1.2345e-05" } }));
    expect(await (await jobOf("gpt-4")).call()).toMatchObject({ costUsd: "0.000012345", costSource: "UPSTREAM" });
    gateway.upstream.on("gpt-4", answer({ headers: { "x-litellm-response-cost": "0" } }));
    expect(await (await jobOf("gpt-4")).call()).toMatchObject({ costSource: "PRICE_TABLE" });
  });

  it("says that a model has no known price, and adds nothing for it", async () => {
    const job = await jobOf(model());
    expect(await job.call()).toMatchObject({ status: "SUCCEEDED", costUsd: null, costSource: "UNPRICED" });
    expect((await job.complete()).costs).toMatchObject({ unpricedCalls: 1, totalCostUsd: "0", totalTokens: 18 });
  });

  it("counts the tokens itself where the upstream reports none, and says so", async () => {
    const silent = model();
    gateway.upstream.on(silent, answer({ content: "one two three", usage: null }));
    const job = await jobOf(silent);
    const call = await job.call();
    expect(call.usage).toMatchObject({ completionTokens: 3, source: "ESTIMATED" });
    expect(call.usage.promptTokens).toBeGreaterThan(5);
    expect((await job.complete()).costs).toMatchObject({ estimatedCalls: 1, totalTokens: call.usage.totalTokens });
  });

  it.each([
    ["an overloaded model", () => error(503, litellmError(503))],
    ["a rate limit", () => error(429, litellmError(429), { "retry-after": "5" })],
    ["a server error", () => error(500, litellmError(500))],
    ["a cut connection", () => cut()],
    ["an answer that is no JSON", () => garbage()],
  ])("is answered by the next model after %s", async (_, failure) => {
    const [first, second] = [model(), model()];
    gateway.upstream.on(first, failure());
    gateway.upstream.on(second, answer({ content: "From the second." }));
    const job = await jobOf(first, second);
    const before = gateway.upstream.requests.length;
    expect(await job.call()).toMatchObject({
      status: "SUCCEEDED",
      model: second,
      content: "From the second.",
      error: null,
    });
    expect(gateway.upstream.requests.slice(before).map((request) => request.body.model)).toEqual([first, second]);
    expect((await job.complete()).costs).toMatchObject({ totalCalls: 1, successfulCalls: 1, failedCalls: 0 });
  });

  it("is not sent to the next model where the request itself is wrong", async () => {
    const [first, second] = [model(), model()];
    gateway.upstream.on(
      first,
      error(400, { error: { message: "max_tokens is too large", type: "invalid_request_error" } }),
    );
    const job = await jobOf(first, second);
    const before = gateway.upstream.requests.length;
    const call = await job.call();
    expect(call).toMatchObject({
      status: "FAILED",
      model: first,
      error: { code: "UPSTREAM_FAILED" },
      usage: null,
      costUsd: null,
      costSource: null,
    });
    expect(call.error.message).toContain("max_tokens is too large");
    expect(gateway.upstream.requests.length - before).toBe(1);
  });

  it("comes back as FAILED where all models fail, recorded and counted, and the job may still complete", async () => {
    const [first, second] = [model(), model()];
    gateway.upstream.on(first, error(500, litellmError(500)));
    gateway.upstream.on(second, error(503, litellmError(503)));
    const job = await jobOf(first, second);
    const call = await job.call();
    expect(call).toMatchObject({
      status: "FAILED",
      model: second,
      content: null,
      error: { code: "UPSTREAM_FAILED" },
      usage: null,
    });
    const { llmCall } = await job.team.client.data(
      `query ($id: ID!) { llmCall(id: $id) { status error { code } finishedAt } }`,
      { id: call.id },
    );
    expect(llmCall).toEqual({ status: "FAILED", error: { code: "UPSTREAM_FAILED" }, finishedAt: call.finishedAt });
    expect((await job.complete()).costs).toMatchObject({
      totalCalls: 1,
      successfulCalls: 0,
      failedCalls: 1,
      creditApplied: true,
    });
  });

  it("tells nothing of the upstream's address or key when it fails", async () => {
    const failing = model();
    gateway.upstream.on(
      failing,
      error(401, {
        error: {
          message: `Incorrect API key provided: sk-upstream at ${gateway.upstream.url}`,
          type: "invalid_request_error",
        },
      }),
    );
    const answered = JSON.stringify(await (await jobOf(failing)).call());
    expect(answered).toContain("UPSTREAM_FAILED");
    expect(answered).not.toContain("sk-upstream");
    expect(answered).not.toContain("127.0.0.1");
  });

  it("stores what a model sends although PostgreSQL takes neither NUL nor broken Unicode", async () => {
    const odd = model();
    gateway.upstream.on(odd, answer({ content: "a\0b\ud800c" }));
    expect(await (await jobOf(odd)).call()).toMatchObject({ status: "SUCCEEDED", content: "a\ufffdb\ufffdc" });
  });

  it("goes on when its client goes away, and is there to be read", async () => {
    const behaviour = held({ content: "Late." });
    const slow = model();
    gateway.upstream.on(slow, behaviour);
    const job = await jobOf(slow);
    const abort = new AbortController();
    const gone = fetch(`${gateway.url}/graphql`, {
      method: "POST",
      headers: { "content-type": "application/json", authorization: `Bearer ${job.team.secret}` },
      body: JSON.stringify({ query: RUN_LLM_CALL, variables: { input: job.callInput() } }),
      signal: abort.signal,
    });
    await behaviour.arrived;
    abort.abort();
    await expect(gone).rejects.toThrow();
    behaviour.release();
    await gateway.app.calls.drain(60_000);
    const { job: read } = await job.team.client.data(
      `query ($id: ID!) { job(id: $id) { llmCalls { nodes { status content } } } }`,
      { id: job.id },
    );
    expect(read.llmCalls.nodes).toEqual([{ status: "SUCCEEDED", content: "Late." }]);
  });

  it("without a job opens one, which it completes and pays for by succeeding", async () => {
    const team = await gateway.world.team({ credits: 1 });
    const input = { modelGroup: team.modelGroup, messages: [{ role: "USER", content: "Hello" }], jobType: "chat" };
    const { runLlmCall } = await team.client.data(RUN_LLM_CALL, { input });
    expect(runLlmCall).toMatchObject({ status: "SUCCEEDED", job: { status: "COMPLETED" } });
    expect(await team.credits()).toMatchObject({ used: 1, held: 0, available: 0 });
    await team.client.refusal("INSUFFICIENT_CREDITS", RUN_LLM_CALL, { input });
    const { jobs } = await team.client.data(
      `{ jobs { nodes { jobType status costs { totalCalls creditApplied creditsRemaining } } } }`,
    );
    expect(jobs.nodes).toEqual([
      { jobType: "chat", status: "COMPLETED", costs: { totalCalls: 1, creditApplied: true, creditsRemaining: 0 } },
    ]);
  });

  it("without a job fails its job with itself, which is free", async () => {
    const failing = model();
    gateway.upstream.on(failing, error(500, litellmError(500)));
    const team = await gateway.world.team({ credits: 1, models: [failing] });
    const input = { modelGroup: team.modelGroup, messages: [{ role: "USER", content: "Hello" }] };
    const { runLlmCall } = await team.client.data(RUN_LLM_CALL, { input });
    expect(runLlmCall).toMatchObject({ status: "FAILED", job: { status: "FAILED" } });
    expect(await team.credits()).toMatchObject({ used: 0, held: 0, available: 1 });
  });

  it("is cancelled when its team is suspended", async () => {
    const behaviour = held();
    const slow = model();
    gateway.upstream.on(slow, behaviour);
    const job = await jobOf(slow);
    const call = job.team.client.send(RUN_LLM_CALL, { input: job.callInput() });
    await behaviour.arrived;
    await gateway.admin.data(`mutation ($id: ID!) { suspendTeam(id: $id) { status } }`, { id: job.team.id });
    await call;
    const { job: read } = await gateway.admin.data(
      `query ($id: ID!) { job(id: $id) { status llmCalls { nodes { status error { code } } } } }`,
      { id: job.id },
    );
    expect(read).toEqual({
      status: "IN_PROGRESS",
      llmCalls: { nodes: [{ status: "CANCELLED", error: { code: "TEAM_SUSPENDED" } }] },
    });
    await gateway.admin.data(`mutation ($id: ID!) { resumeTeam(id: $id) { status } }`, { id: job.team.id });
    await job.complete();
  });
});

describe("a call to an upstream that is slow", () => {
  const gateway = useGateway({ upstream: "scripted", env: { UPSTREAM_FIRST_TOKEN_TIMEOUT_MS: "300" } });

  it("fails as UPSTREAM_TIMEOUT, and nobody knows what was billed", async () => {
    gateway.upstream.on("slow", held());
    const job = await (await gateway.world.team({ models: ["slow"] })).job();
    expect(await job.call()).toMatchObject({
      status: "FAILED",
      error: { code: "UPSTREAM_TIMEOUT" },
      usage: { source: "UNKNOWN", totalTokens: 0 },
    });
    expect((await job.complete()).costs).toMatchObject({ failedCalls: 1, unknownUsageCalls: 1 });
  });
});
