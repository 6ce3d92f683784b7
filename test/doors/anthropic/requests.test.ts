import { describe, expect, it } from "vitest";
import { anthropicOf, MAX_TOKENS, user } from "../../kit/clients/anthropic.js";
import { useGateway } from "../../kit/gateway/gateway.js";
import { whole } from "../../kit/upstream/upstream-answers.js";
import { garbage } from "../../kit/upstream/upstream-behaviours.js";

const gateway = useGateway({ upstream: "scripted" });
const { teamWith, sent } = anthropicOf(gateway);

const PNG = { type: "base64", media_type: "image/png", data: "AA==" };
const CACHE = { cache_control: { type: "ephemeral" } };
const SCHEMA = { type: "object", properties: { at: { type: "string" } } };

describe("a conversation in Anthropic's format", () => {
  it("reaches the model whole", async () => {
    const thinking = { type: "thinking", thinking: "Hm.", signature: "c2ln" };
    const redacted = { type: "redacted_thinking", data: "ZGF0YQ==" };
    const { upstream } = await sent({
      system: [{ type: "text", text: "Be brief.", ...CACHE }],
      messages: [
        {
          role: "user",
          content: [
            { type: "text", text: "Look." },
            { type: "image", source: PNG, ...CACHE },
          ],
        },
        {
          role: "assistant",
          content: [
            thinking,
            redacted,
            { type: "text", text: "I look.", citations: null },
            { type: "tool_use", id: "one", name: "look", input: { at: "gate", of: 7 } },
            { type: "tool_use", id: "two", name: "look", input: {}, ...CACHE },
          ],
        },
        {
          role: "user",
          content: [
            { type: "tool_result", tool_use_id: "one", content: "A toll." },
            { type: "tool_result", tool_use_id: "two", is_error: true, content: [{ type: "image", source: PNG }] },
            { type: "tool_result", tool_use_id: "three" },
            { type: "text", text: "And?" },
          ],
        },
        { role: "assistant", content: "So" },
      ],
    });
    const image = { type: "image_url", image_url: { url: "data:image/png;base64,AA==" } };
    expect(upstream.messages).toMatchObject([
      { role: "system", content: [{ type: "text", text: "Be brief.", ...CACHE }] },
      {
        role: "user",
        content: [
          { type: "text", text: "Look." },
          { ...image, ...CACHE },
        ],
      },
      {
        role: "assistant",
        content: "I look.",
        reasoning_content: "Hm.",
        thinking_blocks: [thinking, redacted],
        tool_calls: [
          { id: "one", type: "function", function: { name: "look", arguments: '{"at":"gate","of":7}' } },
          { id: "two", type: "function", function: { name: "look", arguments: "{}" } },
        ],
      },
      { role: "tool", tool_call_id: "one", content: "A toll." },
      { role: "tool", tool_call_id: "two", content: [image] },
      { role: "tool", tool_call_id: "three", content: "" },
      { role: "user", content: "And?" },
      { role: "assistant", content: "So" },
    ]);
  });

  it("has documents", async () => {
    const pdf = { type: "base64", media_type: "application/pdf", data: "JVBERg==" };
    const { upstream } = await sent(
      user(
        { type: "document", source: pdf, title: "Tolls", ...CACHE },
        { type: "document", source: { type: "url", url: "https://example.org/a.pdf" } },
        { type: "document", source: { type: "text", media_type: "text/plain", data: "Pay." }, title: "Rules" },
        {
          type: "document",
          source: { type: "text", media_type: "text/plain", data: "Pay." },
          citations: { enabled: true },
        },
        { type: "document", source: { type: "content", content: [{ type: "text", text: "Here." }] } },
      ),
    );
    expect(upstream.messages[0].content).toMatchObject([
      { type: "file", file: { filename: "Tolls", file_data: "data:application/pdf;base64,JVBERg==" } },
      { type: "file", file: { file_url: "https://example.org/a.pdf" } },
      { type: "text", text: "Rules\n\nPay." },
      { type: "file", file: { filename: "document.txt", file_data: "data:text/plain;base64,UGF5Lg==" } },
      { type: "text", text: "Here." },
    ]);
  });
});

describe("options in Anthropic's format", () => {
  it("become those of OpenAI's format", async () => {
    const { upstream } = await sent({
      temperature: 0.5,
      top_p: 0.9,
      top_k: 4,
      stop_sequences: ["END"],
      metadata: { user_id: "ann" },
      service_tier: "standard_only",
      thinking: { type: "enabled", budget_tokens: 1_024 },
      output_config: { effort: "low", format: { type: "json_schema", schema: SCHEMA } },
      tools: [{ name: "look", description: "Looks.", input_schema: SCHEMA, strict: true, type: "custom" }],
      tool_choice: { type: "any", disable_parallel_tool_use: true },
      context_management: { edits: [] },
    });
    expect(upstream).toMatchObject({
      max_tokens: MAX_TOKENS,
      temperature: 0.5,
      top_p: 0.9,
      top_k: 4,
      stop: ["END"],
      user: "ann",
      service_tier: "default",
      thinking: { type: "enabled", budget_tokens: 1_024 },
      reasoning_effort: "low",
      response_format: { type: "json_schema", json_schema: { schema: SCHEMA } },
      tools: [
        { type: "function", function: { name: "look", description: "Looks.", parameters: SCHEMA, strict: true } },
      ],
      tool_choice: "required",
      parallel_tool_calls: false,
    });
    for (const name of ["system", "metadata", "output_config", "context_management", "stop_sequences"])
      expect(upstream).not.toHaveProperty(name);
  });

  it.each([
    [{ type: "auto" }, "auto"],
    [{ type: "none" }, "none"],
    [
      { type: "tool", name: "look" },
      { type: "function", function: { name: "look" } },
    ],
  ])("such as the choice of a tool: %j", async (tool_choice, expected) => {
    const tools = [{ name: "look", input_schema: SCHEMA }];
    expect((await sent({ tools, tool_choice })).upstream.tool_choice).toEqual(expected);
    expect((await sent({ tool_choice })).upstream).not.toHaveProperty("tool_choice");
  });

  it("leave out the name of a user that is too long for OpenAI", async () => {
    expect((await sent({ metadata: { user_id: "a".repeat(65) } })).upstream).not.toHaveProperty("user");
  });
});

it("an upstream that answers a stream with one JSON answer gives each block once", async () => {
  const thinking = { type: "thinking", thinking: "Hm.", signature: "c2ln" };
  const json = whole({ content: "Yes.", reasoning_content: "Hm.", thinking_blocks: [thinking] });
  const { anthropic, ask } = await teamWith(garbage(JSON.stringify(json)));
  const expected = [thinking, { type: "text", text: "Yes." }];
  expect((await anthropic.messages.stream(ask).finalMessage()).content).toMatchObject(expected);
  expect((await anthropic.messages.create(ask)).content).toMatchObject(expected);
});
