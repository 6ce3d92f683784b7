import { describe, expect, it } from "vitest";
import { inOpenAisWords } from "../../src/upstream/openai/openai-words.js";
import type { ChatMessage, ChatRequest } from "../../src/upstream/provider.js";

const said = (messages: object[], options: ChatRequest["options"] = {}) =>
  inOpenAisWords({ model: "gpt", messages: messages as ChatMessage[], options, stream: false });

const IMAGE = { type: "image_url", image_url: { url: "data:image/png;base64,AAAA" } };
const MARK = { cache_control: { type: "ephemeral" } };

describe("a request in OpenAI's words", () => {
  it("lacks what other providers say of messages, parts, tools and options", () => {
    const thoughts = { reasoning_content: "Hm.", thinking_blocks: [{ type: "thinking" }], reasoning_details: [] };
    const tool = { type: "function", function: { name: "f" } };
    const request = said(
      [
        { role: "user", content: [{ type: "text", text: "Hi", ...MARK }], ...MARK },
        { role: "assistant", content: "Yes.", ...thoughts },
      ],
      {
        thinking: { type: "adaptive" },
        top_k: 3,
        temperature: 1,
        tools: [{ ...tool, ...MARK }],
        reasoning_effort: "max",
      },
    );
    expect(request.messages).toEqual([
      { role: "user", content: [{ type: "text", text: "Hi" }] },
      { role: "assistant", content: "Yes." },
    ]);
    expect(request.options).toEqual({ temperature: 1, tools: [tool], reasoning_effort: "high" });
  });

  it("shows images of tools' results in a user's message after all results", () => {
    const calls = ["a", "b"].map((id) => ({ id, type: "function", function: { name: "f", arguments: "{}" } }));
    const request = said([
      { role: "assistant", content: null, tool_calls: calls },
      { role: "tool", tool_call_id: "a", content: [{ type: "text", text: "See." }, IMAGE], is_error: true },
      { role: "tool", tool_call_id: "b", content: [IMAGE] },
      { role: "user", content: "Well?" },
    ]);
    expect(request.messages.slice(1)).toEqual([
      { role: "tool", tool_call_id: "a", content: [{ type: "text", text: "See." }] },
      { role: "tool", tool_call_id: "b", content: "The result is in the user's next message." },
      { role: "user", content: [IMAGE, IMAGE] },
      { role: "user", content: "Well?" },
    ]);
  });

  it("shows images of the last results too, and leaves everything else as it is", () => {
    const messages = [
      { role: "system", content: "Be brief." },
      { role: "tool", tool_call_id: "a", content: [IMAGE] },
    ];
    expect(said(messages).messages.at(-1)).toEqual({ role: "user", content: [IMAGE] });
    const plain = [{ role: "user", content: [IMAGE, { type: "text", text: "Hi" }], name: "ann" }];
    expect(said(plain).messages).toEqual(plain);
  });
});
