import { describe, expect, it } from "vitest";
import { anthropic } from "../../../src/upstream/anthropic/anthropic.js";
import { openAiCompatible } from "../../../src/upstream/openai/openai-compatible.js";
import type { ChatMessage, Provider } from "../../../src/upstream/provider.js";
import { message } from "../../kit/upstream/anthropic-answers.js";
import { ask, failure } from "../../kit/upstream/ask.js";
import { ended, messageItem, outputText, response, responseEvents } from "../../kit/upstream/responses-answers.js";
import { sent, whole } from "../../kit/upstream/upstream-answers.js";
import { type Behaviour, error, openAiError } from "../../kit/upstream/upstream-behaviours.js";
import { useProvider } from "../../kit/upstream/use-provider.js";

const SIGNED = { type: "thinking", thinking: "Hm.", signature: "of-another" };
const ENCRYPTED = { type: "reasoning.encrypted", id: "rs_1", data: "of-another", format: "openai-responses-v1" };
/** A turn of the model's that another upstream has answered. */
const EARLIER = {
  role: "assistant",
  content: "Yes.",
  ...{ thinking_blocks: [SIGNED], reasoning_details: [ENCRYPTED] },
} satisfies ChatMessage & object;
const USER: ChatMessage = { role: "user", content: "Is it open?" };
const MESSAGES = [USER, EARLIER, USER];

const unsigned = {
  type: "invalid_request_error",
  message: "messages.1.content.0: Invalid `signature` in `thinking` block",
};
const unverified = openAiError(
  "The encrypted content gAAA could not be verified. Reason: Encrypted content could not be decrypted or parsed.",
  "invalid_request_error",
  "invalid_encrypted_content",
);

/** Each kind of upstream, how it refuses the thoughts of another, and how it answers. */
const KINDS: readonly [string, (url: string) => Provider, Behaviour, string][] = [
  [
    "Anthropic's messages",
    (url) => anthropic({ url }),
    error(400, { type: "error", error: unsigned }),
    message([{ type: "text", text: "Hi" }]),
  ],
  [
    "OpenAI's responses",
    (url) => openAiCompatible({ url, hasResponses: true, isStrict: true }),
    error(400, unverified),
    response([messageItem(outputText("Hi"))]),
  ],
  [
    "OpenAI's responses, which says so in its stream,",
    (url) => openAiCompatible({ url, hasResponses: true, isStrict: true }),
    sent(responseEvents([], ended("failed", { ...unverified, usage: null }))),
    response([messageItem(outputText("Hi"))]),
  ],
  [
    "chat completions in front of Anthropic",
    (url) => openAiCompatible({ url }),
    error(400, { error: { message: `litellm.BadRequestError: AnthropicException - ${unsigned.message}` } }),
    JSON.stringify(whole({ content: "Hi" })),
  ],
];

describe.each(KINDS)("an upstream of %s", (_, open, refuses, answer) => {
  const used = useProvider(open);
  const asked = () => used.upstream.requests.map(({ text }) => text.includes("of-another"));

  it("that refuses the thoughts of another is asked once more without them", async () => {
    used.upstream.on("gpt-4", refuses, sent(answer));
    const before = used.upstream.requests.length;
    expect((await ask(used.provider, { messages: MESSAGES })).at(-1)).toEqual({ type: "finish", finishReason: "stop" });
    expect(asked().slice(before)).toEqual([true, false]);
    expect(used.upstream.requests.at(-1)?.text).toContain("Yes.");
  });

  it("is not asked again if it refuses without them too, or if there are none", async () => {
    used.upstream.on("gpt-4", refuses);
    const before = used.upstream.requests.length;
    expect(await failure(ask(used.provider, { messages: MESSAGES }))).toMatchObject({ kind: "invalid-request" });
    expect(await failure(ask(used.provider))).toMatchObject({ kind: "invalid-request" });
    expect(asked().slice(before)).toEqual([true, false, false]);
  });

  it("is not asked again if it refuses something else", async () => {
    used.upstream.on("gpt-4", error(400, openAiError("No such role.", "invalid_request_error")));
    const before = used.upstream.requests.length;
    expect(await failure(ask(used.provider, { messages: MESSAGES }))).toMatchObject({ kind: "invalid-request" });
    expect(used.upstream.requests.length - before).toBe(1);
  });

  it("is not asked again if its refusal was paid for, because an attempt has the usage of one answer", async () => {
    const usage = { prompt_tokens: 12, completion_tokens: 0, input_tokens: 12, output_tokens: 0 };
    used.upstream.on("gpt-4", error(400, { ...unverified, usage }));
    const before = used.upstream.requests.length;
    expect(await failure(ask(used.provider, { messages: MESSAGES }))).toMatchObject({ kind: "invalid-request" });
    expect(used.upstream.requests.length - before).toBe(1);
  });
});
