import { describe, expect, it } from "vitest";
import { anthropicOf, MAX_TOKENS, QUESTION } from "../../kit/clients/anthropic.js";
import { useGateway } from "../../kit/gateway/gateway.js";
import { whole } from "../../kit/upstream/upstream-answers.js";
import { garbage } from "../../kit/upstream/upstream-behaviours.js";

const gateway = useGateway({ upstream: "scripted" });
const { teamWith } = anthropicOf(gateway);

type Body = Record<string, unknown>;

/** Sends a body in a version of the API, beside what each request has. */
async function sent(body: Body, version = "2023-06-01") {
  const { team, model, ask } = await teamWith();
  const response = await fetch(`${gateway.url}/v1/messages`, {
    method: "POST",
    headers: { "x-api-key": team.secret, "anthropic-version": version, "content-type": "application/json" },
    body: JSON.stringify({ ...ask, ...body }),
  });
  const answer = (await response.json()) as { error?: { message: string } };
  const upstream = gateway.upstream.requests.findLast((request) => request.body.model === model)?.body;
  return { status: response.status, message: answer.error?.message, upstream };
}

const PNG = { type: "base64", media_type: "image/png", data: "AA==" };
const CACHE = { cache_control: { type: "ephemeral" } };
const SCHEMA = { type: "object", properties: { at: { type: "string" } } };
const user = (...content: object[]) => ({ messages: [{ role: "user", content }] });

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

const TOOL_USE = { type: "tool_use", id: "one", name: "look", input: {} };
const TEXT = { type: "text", text: "Hi", citations: [{ type: "char_location" }] };
const DOCUMENT = { type: "document", source: { type: "text", media_type: "text/plain", data: "Pay." } };

describe("what is wrong is named as Anthropic names it", () => {
  it.each<[Body, string, string?]>([
    [{ max_tokens: undefined }, "max_tokens: Field required"],
    [{ max_tokens: 0 }, "max_tokens: must not be less than 1, got 0."],
    [{ model: "Nope" }, 'The team may not use a model group "Nope".', "404"],
    [
      { messages: [{ role: "tool", content: "x" }] },
      'messages.0.role: must be equal to one of the allowed values: "user", "assistant", "system", got "tool".',
    ],
    [{ messages: [{ role: "user" }] }, "messages.0.content: Field required"],
    [{ messages: [] }, "messages: must contain at least 1 elements, got []."],
    [{ temperature: 1.5 }, "temperature: must be <= 1, got 1.5."],
    [
      user({ type: "audio" }),
      'messages.0.content.0.type: must be text, image, document or tool_result in a turn of the user, got "audio".',
    ],
    [user({ type: "text" }), "messages.0.content.0.text: must be a text, got null."],
    [
      user({ type: "image", source: { type: "file", file_id: "f" } }),
      "messages.0.content.0.source: files that were uploaded before are not kept here. Send the data, or a URL.",
    ],
    [user({ type: "tool_result" }), "messages.0.content.0.tool_use_id: must be a text, got null."],
    [
      user({ type: "text", text: "\ud83d" }),
      'messages.0.content.0.text: must be whole Unicode, without half of a surrogate pair at position 0, got "\\ud83d".',
    ],
    [
      { ...user({ type: "text", text: "Hi" }), system: "\ud83d" },
      'system: must be whole Unicode, without half of a surrogate pair at position 0, got "\\ud83d".',
    ],
    [{ messages: [...QUESTION, { role: "assistant", content: [{ ...TOOL_USE, input: { a: "\ud83d" } }] }] }, "", "200"],
    [
      { messages: [...QUESTION, { role: "assistant", content: [{ ...TOOL_USE, input: "x" }] }] },
      'messages.1.content.0.input: must be an object, got "x".',
    ],
    [
      { stop_sequences: Array.from({ length: 17 }, () => "x") },
      "stop_sequences: must contain no more than 16 elements",
    ],
    [{ tools: [{ name: "look" }] }, "tools.0.input_schema: must be an object, got null."],
    [
      { tools: [{ type: "web_search_20250305", name: "web_search" }] },
      'tools.0: is not passed on, unless the admin names it in allowedOptions of the model group, got "tools.web_search_20250305".',
    ],
    [
      { output_config: { format: { type: "xml" } } },
      'output_config.format: must be {"type": "json_schema", "schema": ...}, got',
    ],
    [{ container: "c" }, "container: containers run at Anthropic. This gateway has none."],
    [{ mcp_servers: [{ type: "url" }] }, "mcp_servers: MCP servers are called by Anthropic."],
    [
      { api_base: "http://evil" },
      'api_base: is not passed on, unless the admin names it in allowedOptions of the model group, got "api_base".',
    ],
    [
      { messages: [{ role: "system", content: "Be brief." }, ...QUESTION] },
      'messages.0.role: must be "user" or "assistant". Use the top-level system parameter, got "system".',
    ],
  ])("%j", async (body, message, status = "400") => {
    const answer = await sent(body);
    expect(answer.message ?? "").toContain(message);
    expect(String(answer.status)).toBe(status);
  });
});

describe("version 2026-10-21", () => {
  it("takes turns of the system, and knows no sampling", async () => {
    const messages = [...QUESTION, { role: "system", content: "Be brief." }];
    expect((await sent({ messages }, "2026-10-21")).upstream.messages.at(-1)).toEqual({
      role: "system",
      content: "Be brief.",
    });
    for (const option of [{ temperature: 1 }, { top_p: 1 }, { top_k: 4 }]) {
      const { status, message } = await sent(option, "2026-10-21");
      expect([status, message]).toEqual([
        400,
        `${Object.keys(option)[0]}: is not part of version 2026-10-21. Version 2023-06-01 takes it.`,
      ]);
    }
  });

  it.each([
    [user(TEXT), "messages.0.content.0.citations: citations are not allowed on a text of the user."],
    [
      { messages: [...QUESTION, { role: "assistant", content: [DOCUMENT] }] },
      "messages.1.content.0.type: documents are not allowed in a turn of the assistant.",
    ],
  ])("refuses what the older one takes: %j", async (body, message) => {
    expect(await sent(body, "2026-10-21")).toMatchObject({ status: 400, message });
    expect((await sent(body)).status).toBe(200);
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
