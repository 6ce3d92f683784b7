import { describe, expect, it } from "vitest";
import { openAiOf } from "../../kit/clients/openai.js";
import { useGateway } from "../../kit/gateway/gateway.js";
import { answer } from "../../kit/upstream/upstream-behaviours.js";
import { heldStream } from "../../kit/upstream/upstream-streams.js";

const gateway = useGateway({ upstream: "scripted" });
const { teamWith } = openAiOf(gateway);

const functions = [{ name: "look", parameters: { type: "object", properties: {} } }];
const LOOK = { name: "look", arguments: '{"at":"gate"}' };
const toolCalls = [
  { id: "call_a", ...LOOK },
  { id: "call_b", name: "look", arguments: "{}" },
];

describe("functions, OpenAI's interface of 2023", () => {
  it("are tools for the upstream", async () => {
    const { openai, chat, model } = await teamWith();
    await openai.chat.completions.create({
      ...chat,
      functions,
      function_call: { name: "look" },
      messages: [
        ...chat.messages,
        { role: "assistant", content: null, function_call: LOOK },
        { role: "function", name: "look", content: "open" },
      ],
    });
    const { body } = gateway.upstream.requests.findLast((sent) => sent.body.model === model) ?? {};
    expect(body).toMatchObject({
      tools: [{ type: "function", function: functions[0] }],
      tool_choice: { type: "function", function: { name: "look" } },
      parallel_tool_calls: false,
    });
    expect(body).not.toHaveProperty("functions");
    expect(body).not.toHaveProperty("function_call");
    expect(body.messages.slice(1)).toEqual([
      { role: "assistant", content: null, tool_calls: [{ id: "call_1", type: "function", function: LOOK }] },
      { role: "tool", tool_call_id: "call_1", content: "open" },
    ]);
  });

  it("are called by a function_call, the first if there are several", async () => {
    const { openai, chat } = await teamWith(answer({ toolCalls }));
    const { choices } = await openai.chat.completions.create({ ...chat, functions, function_call: "auto" });
    expect(choices[0]).toMatchObject({ finish_reason: "function_call", message: { function_call: LOOK } });
    expect(choices[0]?.message).not.toHaveProperty("tool_calls");
  });

  it("are called in a stream", async () => {
    const { openai, chat, model } = await teamWith();
    const upstream = heldStream();
    gateway.upstream.on(model, upstream);
    const stream = openai.chat.completions.stream({ ...chat, functions });
    await upstream.arrived;
    upstream.delta({ tool_calls: [{ index: 0, id: "call_a", function: { name: "look", arguments: "" } }] });
    upstream.delta({ tool_calls: [{ index: 0, function: { arguments: LOOK.arguments } }] });
    upstream.delta({ tool_calls: [{ index: 1, id: "call_b", function: { name: "look", arguments: "{}" } }] });
    upstream.finish({ reason: "tool_calls" });
    const { choices } = await stream.finalChatCompletion();
    expect(choices[0]).toMatchObject({ finish_reason: "function_call", message: { function_call: LOOK } });
    expect(choices[0]?.message.tool_calls).toBeUndefined();
  });

  it("beside tools are the upstream's affair", async () => {
    const { openai, chat, model } = await teamWith();
    const tools = [{ type: "function" as const, function: { name: "other" } }];
    await openai.chat.completions.create({ ...chat, functions, tools });
    const { body } = gateway.upstream.requests.findLast((sent) => sent.body.model === model) ?? {};
    expect(body).toMatchObject({ functions, tools });
  });
});
