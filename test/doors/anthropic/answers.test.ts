import { describe, expect, it } from "vitest";
import { anthropicOf } from "../../kit/clients/anthropic.js";
import { useGateway } from "../../kit/gateway/gateway.js";
import { whole } from "../../kit/upstream/upstream-answers.js";
import { garbage } from "../../kit/upstream/upstream-behaviours.js";

const gateway = useGateway({ upstream: "scripted" });
const { teamWith } = anthropicOf(gateway);

/** The message that Anthropic's client gets, plain and streamed, if the upstream answers this. */
async function messagesOf(...answer: Parameters<typeof whole>) {
  const { anthropic, ask } = await teamWith(garbage(JSON.stringify(whole(...answer))));
  return [await anthropic.messages.create(ask), await anthropic.messages.stream(ask).finalMessage()];
}

const choice = (finish_reason: string | null, more: object, message: object = { content: "Yes." }) => ({
  choices: [{ index: 0, message: { role: "assistant", ...message }, finish_reason, ...more }],
});
const REFUSED = { type: "refusal", category: null, explanation: null };

describe("the reason why a message ends", () => {
  it.each<[string, object, object]>([
    ["stop", {}, { stop_reason: "end_turn", stop_sequence: null, stop_details: null }],
    ["length", {}, { stop_reason: "max_tokens" }],
    ["content_filter", {}, { stop_reason: "refusal", stop_details: REFUSED }],
    ["another", {}, { stop_reason: "end_turn" }],
    ["stop", { stop_reason: "END" }, { stop_reason: "stop_sequence", stop_sequence: "END" }],
    ["stop", { stop_reason: 128001 }, { stop_reason: "end_turn", stop_sequence: null }],
    ["stop", { native_finish_reason: "pause_turn" }, { stop_reason: "pause_turn" }],
    ["stop", { native_finish_reason: "STOP" }, { stop_reason: "end_turn" }],
    [
      "stop",
      { native_finish_reason: "stop_sequence", stop_sequence: "END" },
      { stop_reason: "stop_sequence", stop_sequence: "END" },
    ],
    [
      "length",
      { native_finish_reason: "model_context_window_exceeded" },
      { stop_reason: "model_context_window_exceeded" },
    ],
  ])("%s with %j", async (reason, more, expected) => {
    for (const message of await messagesOf({}, null, choice(reason, more))) expect(message).toMatchObject(expected);
  });

  it("is a refusal if the model says why it does not answer", async () => {
    const answer = choice("stop", {}, { content: null, refusal: "I may not." });
    for (const message of await messagesOf({}, null, answer))
      expect(message).toMatchObject({
        content: [{ type: "text", text: "I may not." }],
        stop_reason: "refusal",
        stop_details: REFUSED,
      });
  });
});

describe("the content of a message", () => {
  it("has the input of tools as objects, and never half of one", async () => {
    const call = (id: string, text: string) => ({ id, type: "function", function: { name: "look", arguments: text } });
    const tool_calls = [call("one", '{"at":"gate"}'), call("", ""), call("three", '{"at":"ga')];
    const [plain, streamed] = await messagesOf({ content: null, tool_calls }, "tool_calls");
    expect(plain?.content).toMatchObject([
      { type: "tool_use", id: "one", name: "look", input: { at: "gate" } },
      { type: "tool_use", name: "look", input: {} },
      { type: "tool_use", id: "three", input: { INVALID_JSON: '{"at":"ga' } },
    ]);
    expect(streamed?.content.map((block) => "id" in block && block.id)).toEqual(["one", expect.any(String), "three"]);
    for (const message of [plain, streamed]) expect(message?.stop_reason).toBe("tool_use");
  });

  it("has the older interface's function as a tool, and an upstream's citations", async () => {
    const citation = { type: "char_location", cited_text: "Pay.", document_index: 0, start_char_index: 0 };
    const answer = { content: "Pay.", citations: [citation], function_call: { name: "look", arguments: "{}" } };
    for (const { content, stop_reason } of await messagesOf(answer, "function_call")) {
      expect(content).toMatchObject([
        { type: "text", text: "Pay.", citations: [citation] },
        { type: "tool_use", id: expect.stringMatching(/^\w+$/), name: "look", input: {} },
      ]);
      expect(stop_reason).toBe("tool_use");
    }
  });
});

it("the tokens of a message are told without those of the cache, which stand beside", async () => {
  const usage = {
    prompt_tokens: 30,
    completion_tokens: 6,
    prompt_tokens_details: { cached_tokens: 10 },
    completion_tokens_details: { reasoning_tokens: 2 },
    cache_creation_input_tokens: 5,
    cache_creation: { ephemeral_5m_input_tokens: 5, ephemeral_1h_input_tokens: 0 },
  };
  const [plain, streamed] = await messagesOf({ content: "Yes." }, "stop", { usage });
  for (const message of [plain, streamed])
    expect(message?.usage).toMatchObject({
      input_tokens: 15,
      cache_read_input_tokens: 10,
      cache_creation_input_tokens: 5,
      output_tokens: 6,
      output_tokens_details: { thinking_tokens: 2 },
    });
  expect(plain?.usage.cache_creation).toEqual(usage.cache_creation);
});
