import { describe, expect, it } from "vitest";
import { useGateway } from "../../kit/gateway/gateway.js";
import { answer } from "../../kit/upstream/upstream-behaviours.js";
import { name } from "../../kit/world.js";

describe("a call", () => {
  const gateway = useGateway({ upstream: "scripted" });
  /** A model that no other test scripts. */
  const model = () => name("model");
  const jobOf = async (...models: string[]) => (await gateway.world.team({ models })).job();

  it("passes everything on to the upstream, and has the text, tokens and cost of the answer", async () => {
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

  it("has the tools that the model asks for", async () => {
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

  it("has tokens that the gateway counted, and says so, if the upstream reports none", async () => {
    const silent = model();
    gateway.upstream.on(silent, answer({ content: "one two three", usage: null }));
    const job = await jobOf(silent);
    const call = await job.call();
    expect(call.usage).toMatchObject({ completionTokens: 3, source: "ESTIMATED" });
    expect(call.usage.promptTokens).toBeGreaterThan(5);
    expect((await job.complete()).costs).toMatchObject({ estimatedCalls: 1, totalTokens: call.usage.totalTokens });
  });

  it("stores what a model sends although PostgreSQL takes neither NUL nor broken Unicode", async () => {
    const odd = model();
    gateway.upstream.on(odd, answer({ content: "a\0b\ud800c" }));
    expect(await (await jobOf(odd)).call()).toMatchObject({ status: "SUCCEEDED", content: "a\ufffdb\ufffdc" });
  });
});
