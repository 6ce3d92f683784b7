import OpenAI from "openai";
import { describe, expect, it } from "vitest";
import { ADMIN_KEY, useGateway } from "../../kit/gateway/gateway.js";
import { answer, error, garbage } from "../../kit/upstream/upstream-behaviours.js";
import { heldStream, streamed } from "../../kit/upstream/upstream-streams.js";
import { name, type TestTeam } from "../../kit/world.js";

const gateway = useGateway({ upstream: "scripted", env: { DISCONNECT_GRACE_MS: "200" } });

const messages: OpenAI.ChatCompletionMessageParam[] = [{ role: "user", content: "What is a tollgate?" }];

/** A team whose group answers like this, and OpenAI's own client with its key. */
async function teamWith(behaviour?: Parameters<typeof gateway.upstream.on>[1], options: { credits?: number } = {}) {
  const model = name("model");
  if (behaviour) gateway.upstream.on(model, behaviour);
  const team = await gateway.world.team({ models: [model], ...options });
  return { team, model, openai: clientOf(team.secret), chat: { model: team.modelGroup, messages } };
}

const clientOf = (apiKey: string) => new OpenAI({ apiKey, baseURL: `${gateway.url}/v1`, maxRetries: 0 });

const jobsOf = async (team: TestTeam) =>
  (await team.client.data(`{ jobs { nodes { id status costs { totalCalls } } } }`)).jobs.nodes;

describe("OpenAI's client", () => {
  it("gets a whole answer, in a job that is opened and completed around it", async () => {
    const { team, openai, chat } = await teamWith();
    const { data, response } = await openai.chat.completions.create(chat).withResponse();
    expect(data).toMatchObject({
      object: "chat.completion",
      choices: [
        { index: 0, finish_reason: "stop", message: { role: "assistant", content: "This is a scripted answer." } },
      ],
      usage: { prompt_tokens: 12, completion_tokens: 6, total_tokens: 18 },
    });
    const [job] = await jobsOf(team);
    expect(job).toMatchObject({ status: "COMPLETED", costs: { totalCalls: 1 } });
    expect(response.headers.get("x-job-id")).toBe(job.id);
    expect(data.id).toBe(`chatcmpl-${response.headers.get("x-tollgate-call-id")}`);
    expect(response.headers.get("x-tollgate-credits-remaining")).toBe("9");
  });

  it("makes calls in a job that it names", async () => {
    const { team, openai, chat } = await teamWith();
    const job = await team.job();
    for (let call = 0; call < 2; call++)
      await openai.chat.completions.create(chat, { headers: { "X-Job-Id": job.id } });
    expect((await job.complete()).costs).toMatchObject({ totalCalls: 2, creditsRemaining: 9 });
    const late = openai.chat.completions.create(chat, { headers: { "X-Job-Id": job.id } });
    await expect(late).rejects.toMatchObject({ status: 409, code: "invalid_state" });
  });

  it("streams, with the usage only where it asks for it", async () => {
    const { openai, chat } = await teamWith(streamed(["To", "ll", "gate"]));
    for (const includeUsage of [false, true]) {
      const stream = await openai.chat.completions.create({
        ...chat,
        stream: true,
        ...(includeUsage && { stream_options: { include_usage: true } }),
      });
      const chunks = [];
      for await (const chunk of stream) chunks.push(chunk);
      expect(chunks.map((chunk) => chunk.choices[0]?.delta.content ?? "").join("")).toBe("Tollgate");
      expect(chunks.filter((chunk) => chunk.choices[0]?.finish_reason === "stop")).toHaveLength(1);
      expect(chunks.filter((chunk) => chunk.usage).map((chunk) => [chunk.choices, chunk.usage?.total_tokens])).toEqual(
        includeUsage ? [[[], 18]] : [],
      );
    }
  });

  it("is refused a stream before it buys anything, if its key has as many open as it may", async () => {
    const { team, openai, chat } = await teamWith(streamed(["Yes."]));
    const credential = `key:${team.keyId}`;
    const leaves = Array.from({ length: 2_000 }, () => gateway.app.services.openStreams.take(credential));
    const refused = openai.chat.completions.create({ ...chat, stream: true });
    await expect(refused).rejects.toMatchObject({ status: 429, code: "rate_limit_exceeded" });
    expect(await jobsOf(team)).toEqual([]);
    for (const leave of leaves) leave();
    expect((await openai.chat.completions.create({ ...chat, stream: true })).controller).toBeDefined();
  });

  it("gets each token when the upstream sends it, and may abort", async () => {
    const upstream = heldStream();
    const { team, openai, chat } = await teamWith(upstream);
    const stream = await openai.chat.completions.create({ ...chat, stream: true });
    const chunks = stream[Symbol.asyncIterator]();
    await chunks.next();
    await upstream.arrived;
    upstream.text("Once");
    expect((await chunks.next()).value?.choices[0]?.delta.content).toBe("Once");
    stream.controller.abort();
    await upstream.closed;
    await expect.poll(async () => (await jobsOf(team))[0].status).toBe("COMPLETED");
  });

  it("calls tools, streamed and not", async () => {
    const toolCalls = [{ id: "call_1", name: "look", arguments: '{"at":"gate"}' }];
    const tools = [{ type: "function" as const, function: { name: "look", parameters: { type: "object" } } }];
    const { openai, chat, model } = await teamWith(answer({ toolCalls }));
    const whole = await openai.chat.completions.create({ ...chat, tools, tool_choice: "required" });
    const expected = { id: "call_1", type: "function", function: { name: "look", arguments: '{"at":"gate"}' } };
    expect(whole.choices[0]).toMatchObject({ finish_reason: "tool_calls", message: { tool_calls: [expected] } });
    const upstream = heldStream();
    gateway.upstream.on(model, upstream);
    const stream = openai.chat.completions.stream({ ...chat, tools, parallel_tool_calls: true });
    await upstream.arrived;
    upstream.delta({ tool_calls: [{ index: 0, id: "call_1", function: { name: "look", arguments: "" } }] });
    upstream.delta({ tool_calls: [{ index: 0, function: { arguments: '{"at":"gate"}' } }] });
    upstream.finish({ reason: "tool_calls" });
    expect((await stream.finalMessage()).tool_calls).toMatchObject([expected]);
    expect((await upstream.arrived).body).toMatchObject({ tools, parallel_tool_calls: true });
  });

  it("passes everything on in both directions", async () => {
    const logprobs = { content: [{ token: "Hi", logprob: -0.1, bytes: null, top_logprobs: [] }], refusal: null };
    const whole = {
      id: "x",
      object: "chat.completion",
      system_fingerprint: "fp_1",
      service_tier: "default",
      choices: [
        {
          index: 0,
          finish_reason: "stop",
          logprobs,
          message: { role: "assistant", content: "Hi", reasoning_content: "Greet.", annotations: [{ type: "x" }] },
        },
      ],
      usage: { prompt_tokens: 3, completion_tokens: 1, total_tokens: 4 },
    };
    const { openai, chat, model } = await teamWith(garbage(JSON.stringify(whole)));
    const options = {
      logprobs: true,
      top_logprobs: 2,
      user: "ann",
      metadata: { a: "b" },
      max_completion_tokens: 9,
      response_format: { type: "json_schema" as const, json_schema: { name: "n", schema: { type: "object" } } },
      stop: "\n",
      temperature: 0.5,
    };
    const parts: OpenAI.ChatCompletionMessageParam[] = [
      { role: "developer", content: "Be brief." },
      { role: "user", content: [{ type: "image_url", image_url: { url: "data:image/png;base64,AA==" } }] },
      { role: "assistant", content: "Hm.", refusal: null, annotations: [{ type: "x" }] } as never,
      { role: "user", content: [{ type: "text", text: "Hi", cache_control: { type: "ephemeral" } } as never] },
    ];
    const got = await openai.chat.completions.create({ ...chat, ...options, messages: parts });
    expect(got).toMatchObject({
      system_fingerprint: "fp_1",
      service_tier: "default",
      choices: [{ logprobs, message: { content: "Hi", reasoning_content: "Greet.", annotations: [{ type: "x" }] } }],
    });
    const sent = gateway.upstream.requests.findLast((request) => request.body.model === model)?.body;
    expect(sent).toMatchObject({ ...options, stop: ["\n"], stream: false });
    expect(sent.messages).toMatchObject([
      parts[0],
      parts[1],
      { role: "assistant", annotations: [{ type: "x" }] },
      parts[3],
    ]);
    const upstream = heldStream();
    gateway.upstream.on(model, upstream);
    const stream = await openai.chat.completions.create({ ...chat, stream: true, logprobs: true });
    await upstream.arrived;
    upstream.raw(
      `data: ${JSON.stringify({ system_fingerprint: "fp_2", choices: [{ delta: { content: "Hi", reasoning_content: "Greet." }, logprobs }] })}\n\n`,
    );
    upstream.finish();
    const chunks = [];
    for await (const chunk of stream) chunks.push(chunk);
    expect(chunks.at(-1)?.system_fingerprint).toBe("fp_2");
    expect(chunks.flatMap((chunk) => chunk.choices[0]?.logprobs ?? [])).toEqual([logprobs]);
    expect(
      chunks.flatMap(
        ({ choices: [choice] }) => (choice?.delta as { reasoning_content?: string })?.reasoning_content ?? [],
      ),
    ).toEqual(["Greet."]);
  });

  it("lists its model groups as models", async () => {
    const { team, openai } = await teamWith();
    const models = await openai.models.list();
    expect(models.data.map((model) => model.id)).toEqual([team.modelGroup]);
    expect(await openai.models.retrieve(team.modelGroup)).toMatchObject({ id: team.modelGroup, object: "model" });
    await expect(openai.models.retrieve("nope")).rejects.toBeInstanceOf(OpenAI.NotFoundError);
  });
});

describe("errors are of the class that OpenAI's client has for them", () => {
  it.each([
    ["a wrong key", {}, "sk-wrong", OpenAI.AuthenticationError, { code: "invalid_api_key" }],
    ["an unknown model", { model: "nope" }, null, OpenAI.NotFoundError, { code: "model_not_found" }],
    ["a wrong temperature", { temperature: 3 }, null, OpenAI.BadRequestError, { param: "temperature" }],
    ["a wrong type", { temperature: "hot" }, null, OpenAI.BadRequestError, { param: "temperature" }],
    ["no messages", { messages: [] }, null, OpenAI.BadRequestError, { param: "messages" }],
    [
      "an unknown role",
      { messages: [{ role: "wizard", content: "a" }] },
      null,
      OpenAI.BadRequestError,
      { param: "messages[0].role" },
    ],
    [
      "an empty message",
      { messages: [{ role: "user", content: "" }] },
      null,
      OpenAI.BadRequestError,
      { param: "messages[0].content" },
    ],
    ["several answers", { n: 2 }, null, OpenAI.BadRequestError, { param: "n" }],
    ["the admin's key", {}, ADMIN_KEY, OpenAI.PermissionDeniedError, { code: "forbidden" }],
  ])("%s", async (_, change, key, errorClass, expected) => {
    const { team, chat } = await teamWith();
    const asked = clientOf(key ?? team.secret).chat.completions.create({ ...chat, ...change } as never);
    const error = await asked.catch((thrown) => thrown);
    expect(error).toBeInstanceOf(errorClass);
    expect(error).toMatchObject({ ...expected, type: "invalid_request_error" });
    expect(error.headers.get("x-should-retry")).toBe("false");
    expect(await jobsOf(team)).toEqual([]);
  });

  it("a team without credits has used up its quota", async () => {
    const { openai, chat } = await teamWith(undefined, { credits: 0 });
    await expect(openai.chat.completions.create(chat)).rejects.toMatchObject({
      status: 429,
      code: "insufficient_quota",
      type: "insufficient_quota",
    });
  });

  it("a call that failed is final, and named", async () => {
    const { team, openai, chat } = await teamWith(error(400));
    const failed = await openai.chat.completions.create(chat).catch((thrown) => thrown);
    expect(failed).toBeInstanceOf(OpenAI.InternalServerError);
    expect(failed).toMatchObject({ status: 502, code: "upstream_failed", type: "server_error" });
    expect(failed.headers.get("x-should-retry")).toBe("false");
    expect(failed.headers.get("x-tollgate-call-id")).toMatch(/^[0-9a-f-]{36}$/);
    expect(await jobsOf(team)).toMatchObject([{ status: "FAILED" }]);
  });

  it("a stream that is cut ends with an error, and never with [DONE]", async () => {
    const upstream = heldStream();
    const { team, chat } = await teamWith(upstream);
    const response = await fetch(`${gateway.url}/v1/chat/completions`, {
      method: "POST",
      headers: { authorization: `Bearer ${team.secret}`, "content-type": "application/json" },
      body: JSON.stringify({ ...chat, stream: true }),
    });
    await upstream.arrived;
    upstream.text("Once");
    upstream.cut();
    const text = await response.text();
    expect(text).not.toContain("[DONE]");
    const last = JSON.parse(
      text
        .trim()
        .split("\n")
        .at(-1)
        ?.replace(/^data: /, "") ?? "",
    );
    expect(last).toMatchObject({ error: { code: "upstream_failed", type: "server_error" } });
  });

  it.each([
    ["malformed JSON", "{", 400],
    ["another type", "<xml/>", 415],
    ["nothing", undefined, 400],
  ])("%s is refused in OpenAI's shape", async (_, body, status) => {
    const { team } = await teamWith();
    const response = await fetch(`${gateway.url}/v1/chat/completions`, {
      method: "POST",
      headers: {
        authorization: `Bearer ${team.secret}`,
        "content-type": body === "<xml/>" ? "text/xml" : "application/json",
      },
      ...(body !== undefined && { body }),
    });
    expect(response.status).toBe(status);
    expect(await response.json()).toMatchObject({
      error: { type: "invalid_request_error", message: expect.any(String) },
    });
  });

  it("a path that is not there", async () => {
    const { team } = await teamWith();
    const response = await fetch(`${gateway.url}/v1/nope`, { headers: { authorization: `Bearer ${team.secret}` } });
    expect(response.status).toBe(404);
    expect(await response.json()).toMatchObject({ error: { code: "not_found" } });
  });
});
