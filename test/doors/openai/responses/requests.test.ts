import { describe, expect, it } from "vitest";
import { responsesOf } from "../../../kit/clients/responses.js";
import { useGateway } from "../../../kit/gateway/gateway.js";

const gateway = useGateway({ upstream: "scripted" });
const { teamWith, askedOf } = responsesOf(gateway);

const PNG = "data:image/png;base64,AA==";
const PDF = "data:application/pdf;base64,AA==";
const call = (id: string) => ({ type: "function_call", call_id: id, name: "f", arguments: "{}" });
const chatCall = (id: string) => ({ id, type: "function", function: { name: "f", arguments: "{}" } });
const output = (id: string, said: unknown) => ({ type: "function_call_output", call_id: id, output: said });
const thought = { type: "reasoning", id: "rs_1", summary: [{ type: "summary_text", text: "Hm." }] };

/** The items of a request, and the messages of chat completions that they are. */
const INPUTS: Readonly<Record<string, [unknown, unknown[]]>> = {
  "a text": ["Hi", [{ role: "user", content: "Hi" }]],
  "messages of all roles, with and without a type": [
    [
      { role: "developer", content: "d" },
      { type: "message", role: "system", content: [{ type: "input_text", text: "s" }] },
      { role: "user", content: "u" },
      {
        type: "message",
        id: "msg_1",
        status: "completed",
        role: "assistant",
        content: [{ type: "output_text", text: "a", annotations: [] }],
      },
      { role: "user", content: [{ type: "input_text", text: "v" }] },
    ],
    [
      { role: "developer", content: "d" },
      { role: "system", content: "s" },
      { role: "user", content: "u" },
      { role: "assistant", content: "a" },
      { role: "user", content: "v" },
    ],
  ],
  "images and files": [
    [
      {
        role: "user",
        content: [
          { type: "input_text", text: "Look." },
          { type: "input_image", image_url: PNG, detail: "low" },
          { type: "input_image", image_url: "https://a.b/c.png" },
          { type: "input_file", filename: "a.pdf", file_data: PDF },
          { type: "input_file", file_url: "https://a.b/c.pdf" },
        ],
      },
    ],
    [
      {
        role: "user",
        content: [
          { type: "text", text: "Look." },
          { type: "image_url", image_url: { url: PNG, detail: "low" } },
          { type: "image_url", image_url: { url: "https://a.b/c.png" } },
          { type: "file", file: { filename: "a.pdf", file_data: PDF } },
          { type: "file", file: { file_url: "https://a.b/c.pdf" } },
        ],
      },
    ],
  ],
  "a turn with reasoning, text and two calls": [
    [
      { role: "user", content: "u" },
      thought,
      { type: "message", role: "assistant", content: "Let me see." },
      call("1"),
      call("2"),
      output("1", "one"),
      output("2", [
        { type: "input_text", text: "two" },
        { type: "input_image", image_url: PNG },
      ]),
    ],
    [
      { role: "user", content: "u" },
      {
        role: "assistant",
        content: "Let me see.",
        reasoning_content: "Hm.",
        tool_calls: [chatCall("1"), chatCall("2")],
      },
      { role: "tool", tool_call_id: "1", content: "one" },
      {
        role: "tool",
        tool_call_id: "2",
        content: [
          { type: "text", text: "two" },
          { type: "image_url", image_url: { url: PNG } },
        ],
      },
    ],
  ],
  "a thought that OpenAI has sealed": [
    [{ ...thought, summary: [], encrypted_content: "gAAA" }, call("1"), output("1", "one")],
    [
      {
        role: "assistant",
        content: null,
        reasoning_details: [{ type: "reasoning.encrypted", id: "rs_1", data: "gAAA", format: "openai-responses-v1" }],
        tool_calls: [chatCall("1")],
      },
      { role: "tool", tool_call_id: "1", content: "one" },
    ],
  ],
  "a refusal of the model, and two of its messages": [
    [
      { role: "assistant", content: [{ type: "refusal", refusal: "No." }] },
      { role: "assistant", content: "Well." },
      { role: "user", content: "u" },
    ],
    [
      { role: "assistant", content: [{ type: "refusal", refusal: "No." }] },
      { role: "assistant", content: "Well." },
      { role: "user", content: "u" },
    ],
  ],
  "a tool that takes text": [
    [
      { type: "custom_tool_call", call_id: "1", name: "patch", input: "***" },
      { type: "custom_tool_call_output", call_id: "1", output: "done" },
    ],
    [
      {
        role: "assistant",
        content: null,
        tool_calls: [{ id: "1", type: "custom", custom: { name: "patch", input: "***" } }],
      },
      { role: "tool", tool_call_id: "1", content: "done" },
    ],
  ],
};

describe("The input of a response is the conversation of a chat:", () => {
  it.each(Object.entries(INPUTS))("%s", async (_what, [input, messages]) => {
    const { model, upstreamModel, openai } = await teamWith();
    await openai.responses.create({ model, input: input as never });
    expect(askedOf(upstreamModel).messages).toEqual(messages);
  });

  it("and its options are those of a chat", async () => {
    const { model, upstreamModel, openai } = await teamWith();
    const custom = { type: "custom" as const, name: "patch", format: { type: "text" as const } };
    const created = await openai.responses.create({
      model,
      input: "Hi",
      max_output_tokens: 9,
      temperature: 0.5,
      top_p: 0.9,
      top_logprobs: 2,
      include: ["message.output_text.logprobs"],
      reasoning: { effort: "low", summary: "auto" },
      text: { format: { type: "json_object" }, verbosity: "low" },
      tools: [custom],
      tool_choice: { type: "custom", name: "patch" },
      parallel_tool_calls: false,
      service_tier: "auto",
      safety_identifier: "s",
      prompt_cache_key: "k",
      metadata: { a: "b" },
      truncation: "auto",
      background: false,
      ...{ max_tool_calls: 3, stream_options: null },
    });
    const { model: _model, messages: _messages, stream: _stream, ...options } = askedOf(upstreamModel);
    expect(options).toEqual({
      max_tokens: 9,
      temperature: 0.5,
      top_p: 0.9,
      logprobs: true,
      top_logprobs: 2,
      reasoning_effort: "low",
      response_format: { type: "json_object" },
      verbosity: "low",
      tools: [{ type: "custom", custom: { name: "patch", format: { type: "text" } } }],
      tool_choice: { type: "custom", custom: { name: "patch" } },
      parallel_tool_calls: false,
      service_tier: "auto",
      safety_identifier: "s",
      prompt_cache_key: "k",
    });
    expect(created).toMatchObject({
      max_output_tokens: 9,
      temperature: 0.5,
      metadata: { a: "b" },
      truncation: "disabled",
      reasoning: { effort: "low", summary: "auto" },
      text: { format: { type: "json_object" }, verbosity: "low" },
      tools: [custom],
    });
  });
});
