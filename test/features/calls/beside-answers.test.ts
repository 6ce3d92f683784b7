import { describe, expect, it } from "vitest";
import { callsOf, shownOf } from "../../kit/calls-of.js";
import { JSON_TYPE } from "../../kit/clients/http.js";
import { useGateway } from "../../kit/gateway/gateway.js";
import {
  type Chunk,
  chunk,
  DONE,
  event,
  eventsOf,
  sent,
  usageChunk,
  whole,
} from "../../kit/upstream/upstream-answers.js";
import { heldStream } from "../../kit/upstream/upstream-streams.js";

const gateway = useGateway({ upstream: "scripted" });

const streamOf = (...chunks: readonly Chunk[]) => sent(eventsOf(...chunks, chunk({}, "stop"), usageChunk()) + DONE);
describe("what comes beside the answer", () => {
  it("arrives once, also if it comes late or with each chunk", async () => {
    const citations = ["https://a.example"];
    const azure = {
      id: "",
      object: "",
      created: 0,
      model: "",
      choices: [],
      prompt_filter_results: [{ prompt_index: 0 }],
    };
    const { call, chunks, complete } = await shownOf(
      gateway,
      streamOf(
        azure,
        chunk({ role: "assistant", content: "" }, null, { system_fingerprint: "fp_1" }),
        chunk({ content: "Hi" }, null, { system_fingerprint: "fp_1", citations }),
        chunk({ content: "!" }, null, { system_fingerprint: "fp_1", citations, search_results: [{ title: "A" }] }),
      ),
    );
    const having = (name: string) => chunks.filter((piece) => name in piece);
    expect(having("citations")).toHaveLength(1);
    expect(having("search_results")).toHaveLength(1);
    expect(having("prompt_filter_results")).toHaveLength(1);
    expect(having("system_fingerprint").length).toBeGreaterThan(2);
    const expected = {
      system_fingerprint: "fp_1",
      citations,
      search_results: [{ title: "A" }],
      prompt_filter_results: [{ prompt_index: 0 }],
    };
    expect(complete).toMatchObject(expected);
    expect(call.extensions).toEqual(expected);
    for (const piece of chunks) expect(piece.id).toMatch(/^chatcmpl-[0-9a-f-]{36}$/);
  });

  it("of deltas and choices adds up as OpenAI's own clients add it", async () => {
    const logprob = (token: string) => ({ logprobs: { content: [{ token }], refusal: null } });
    const piece = (audio: object, token: string) => ({
      choices: [{ index: 0, delta: { audio }, finish_reason: null, ...logprob(token) }],
    });
    const { call, complete } = await shownOf(
      gateway,
      streamOf(
        chunk({ content: "Hi" }),
        piece({ id: "audio_1", transcript: "H" }, "H"),
        piece({ id: "audio_1", transcript: "i" }, "i"),
      ),
    );
    const expected = {
      message: { audio: { id: "audio_1", transcript: "Hi" } },
      choice: { logprobs: { content: [{ token: "H" }, { token: "i" }] } },
    };
    expect(call.extensions).toMatchObject(expected);
    expect(complete.choices[0]).toMatchObject({ ...expected.choice, message: expected.message });
  });

  it("keeps every digit of its integers, and so do arguments that came as an object", async () => {
    const args = '{"user":9223372036854775807}';
    const toolCall = `{"index":0,"id":12345678901234567890,"function":{"name":"look","arguments":${args}}}`;
    const piece = `{"choices":[{"index":0,"delta":{"tool_calls":[${toolCall}]},"finish_reason":"stop"}],"trace":9007199254740993}`;
    for (const body of [`data: ${piece}\n\n${DONE}`, piece.replace('"delta"', '"message"')]) {
      const calls = await callsOf(gateway, sent(body));
      const { call } = await calls.stream();
      expect(call.toolCalls).toEqual([{ id: "12345678901234567890", name: "look", arguments: args }]);
      expect(call.extensions).toEqual({ trace: "9007199254740993" });
      const headers = { ...JSON_TYPE, authorization: `Bearer ${calls.team.secret}` };
      for (const stream of [true, false]) {
        const messages = [{ role: "user", content: "Hi" }];
        const asked = JSON.stringify({ model: calls.team.modelGroup, messages, stream });
        const answer = await fetch(`${gateway.url}/v1/chat/completions`, { method: "POST", headers, body: asked });
        expect(await answer.text()).toContain('"trace":9007199254740993');
      }
    }
  });

  it("is not taken from events that are no chunks", async () => {
    const foreign = `event: proxy\n${event({ trace: "secret-of-a-proxy" })}${event({ type: "ping" })}`;
    const { call, chunks, complete } = await shownOf(
      gateway,
      sent(foreign + eventsOf(chunk({ content: "Hi" }), chunk({}, "stop")) + DONE),
    );
    expect(call).toMatchObject({ content: "Hi", extensions: {} });
    expect(JSON.stringify([chunks, complete])).not.toMatch(/trace|secret-of-a-proxy|ping/);
  });
});

describe("tool calls", () => {
  const call = (id: string, name: string, args: unknown) => ({
    index: 0,
    id,
    type: "function",
    function: { name, arguments: args },
  });
  const expected = [
    { id: "call_a", name: "weather", arguments: '{"city":"Bern"}' },
    { id: "call_b", name: "clock", arguments: "{}" },
  ];

  it("are the same in streams, answers and rows, and their finish_reason is tool_calls", async () => {
    const calls = [call("call_a", "weather", { city: "Bern" }), call("call_b", "clock", "{}")];
    for (const behaviour of [
      streamOf(chunk({ tool_calls: [calls[0]] }), chunk({ tool_calls: [calls[1]] })),
      sent(JSON.stringify(whole({ content: null, tool_calls: calls }, "stop"))),
    ]) {
      const { call: settled, run, events, sum, complete } = await shownOf(gateway, behaviour);
      for (const row of [settled, run])
        expect(row).toMatchObject({ content: null, toolCalls: expected, finishReason: "tool_calls" });
      expect(events.tools).toEqual(expected);
      expect(sum).toMatchObject({ tools: expected, finishReason: "tool_calls" });
      expect(complete.choices[0]).toMatchObject({ finish_reason: "tool_calls", message: { content: null } });
      expect(
        complete.choices[0].message.tool_calls.map((each: { id: string; function: object }) => ({
          id: each.id,
          ...each.function,
        })),
      ).toEqual(expected);
    }
  });

  it("of OpenAI's older interface come back under function_call, and to GraphQL as a tool call", async () => {
    const target = { name: "weather", arguments: '{"city":"Bern"}' };
    for (const behaviour of [
      sent(
        eventsOf(
          chunk({ function_call: { name: "weather", arguments: '{"city"' } }),
          chunk({ function_call: { arguments: ':"Bern"}' } }),
          chunk({}, "function_call"),
        ) + DONE,
      ),
      sent(JSON.stringify(whole({ content: null, function_call: target }, "function_call"))),
    ]) {
      const { call: settled, chunks, complete } = await shownOf(gateway, behaviour);
      expect(settled).toMatchObject({ finishReason: "function_call", toolCalls: [target] });
      const pieces = chunks.flatMap(({ choices }) => choices[0]?.delta.function_call ?? []);
      expect(pieces.map((each) => each.arguments).join("")).toBe(target.arguments);
      expect(pieces[0].name).toBe("weather");
      expect(complete.choices[0]).toMatchObject({ finish_reason: "function_call", message: { function_call: target } });
    }
  });

  it("show in a refusal as such, live and whole", async () => {
    const {
      sum,
      complete,
      call: settled,
    } = await shownOf(gateway, streamOf(chunk({ refusal: "I can" }), chunk({ refusal: "not." })));
    expect(sum).toMatchObject({ content: "", refusal: "I cannot." });
    expect(complete.choices[0].message).toMatchObject({ content: null, refusal: "I cannot." });
    expect(settled.content).toBe("I cannot.");
  });
});

describe("a reader that goes away while the model reasons", () => {
  it("has had something of the answer: its job completed, and what it read is estimated", async () => {
    const upstream = heldStream();
    const calls = await callsOf(gateway, upstream);
    const events = gateway.socket(calls.team.secret).stream({
      modelGroup: calls.team.modelGroup,
      messages: [{ role: "USER", content: "Think" }],
    });
    const { callId } = await events.next();
    await upstream.arrived;
    for (let word = 0; word < 300; word++) upstream.delta({ reasoning_content: "word " });
    await events.until("LlmCallReasoningDelta");
    await gateway
      .client(calls.team.secret)
      .data("mutation ($id: ID!) { cancelLlmCall(id: $id) { id } }", { id: callId });
    const [{ call }] = (await events.rest()).slice(-1);
    expect(call).toMatchObject({ status: "CANCELLED", job: { status: "COMPLETED" }, usage: { source: "ESTIMATED" } });
    expect(call.usage.completionTokens).toBeGreaterThan(0);
    const { llmCall } = await calls.team.client.data("query ($id: ID!) { llmCall(id: $id) { timeToFirstTokenMs } }", {
      id: callId,
    });
    expect(llmCall.timeToFirstTokenMs).toBeGreaterThanOrEqual(0);
    expect(await calls.team.credits()).toMatchObject({ used: 1 });
  });
});
