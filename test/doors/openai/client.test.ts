import OpenAI from "openai";
import { describe, expect, it } from "vitest";
import { openAiOf } from "../../kit/clients/openai.js";
import { useGateway } from "../../kit/gateway/gateway.js";
import { answer, garbage } from "../../kit/upstream/upstream-behaviours.js";
import { heldStream } from "../../kit/upstream/upstream-streams.js";

const gateway = useGateway({ upstream: "scripted" });
const { teamWith, jobsOf } = openAiOf(gateway);

describe("OpenAI's client", () => {
  it("gets a whole answer, in a job that is opened and completed for it", async () => {
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
      safety_identifier: "a",
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
    const asked = openai.chat.completions.create({ ...chat, stream: true, logprobs: true });
    await upstream.arrived;
    upstream.raw(
      `data: ${JSON.stringify({ system_fingerprint: "fp_2", choices: [{ delta: { content: "Hi", reasoning_content: "Greet." }, logprobs }] })}\n\n`,
    );
    upstream.finish();
    const chunks = [];
    for await (const chunk of await asked) chunks.push(chunk);
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
