import { describe, expect, it } from "vitest";
import { anthropicOf, QUESTION, user } from "../../kit/clients/anthropic.js";
import { useGateway } from "../../kit/gateway/gateway.js";

const { sent } = anthropicOf(useGateway({ upstream: "scripted" }));

const TOOL_USE = { type: "tool_use", id: "one", name: "look", input: {} };
const TEXT = { type: "text", text: "Hi", citations: [{ type: "char_location" }] };
const DOCUMENT = { type: "document", source: { type: "text", media_type: "text/plain", data: "Pay." } };

describe("what is wrong is named as Anthropic names it", () => {
  it.each<[object, string, string?]>([
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
