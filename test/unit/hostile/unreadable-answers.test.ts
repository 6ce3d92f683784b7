import { describe, expect, it } from "vitest";
import { anthropic } from "../../../src/upstream/anthropic/anthropic.js";
import { openAiCompatible } from "../../../src/upstream/openai/openai-compatible.js";
import type { Provider } from "../../../src/upstream/provider.js";
import { ask, failure } from "../../kit/upstream/ask.js";
import { sent } from "../../kit/upstream/upstream-answers.js";
import { type Behaviour, error } from "../../kit/upstream/upstream-behaviours.js";
import { useProvider } from "../../kit/upstream/use-provider.js";

/** Each kind of upstream, and how it begins a whole answer. */
const KINDS: readonly [kind: string, open: (url: string) => Provider, answer: string][] = [
  [
    "chat completions",
    (url) => openAiCompatible({ url }),
    '"choices":[{"index":0,"message":{"content":"Hi"},"finish_reason":"stop"}]',
  ],
  [
    "OpenAI's responses",
    (url) => openAiCompatible({ url, hasResponses: true }),
    '"object":"response","status":"completed","output":[{"type":"message","content":[{"type":"output_text","text":"Hi"}]}]',
  ],
  [
    "Anthropic's messages",
    (url) => anthropic({ url }),
    '"type":"message","stop_reason":"end_turn","content":[{"type":"text","text":"Hi"}]',
  ],
];

const DEEP = "[".repeat(30_000) + "]".repeat(30_000);

describe.each(KINDS)("an upstream of %s fails by its kind, and by nothing else, if", (_, open, begun) => {
  const asked = useProvider(open);
  const failsWith = async (behaviour: Behaviour) => {
    asked.upstream.on("gpt-4", behaviour);
    return failure(ask(asked.provider));
  };

  it("its error is nested more deeply than anybody can read", async () => {
    const found = await failsWith(error(400, `{"error":{"message":${DEEP}}}`));
    expect(found).toMatchObject({ kind: "invalid-request", status: 400 });
    expect(found.message.length).toBeLessThan(400);
  });

  it("its answer is nested more deeply than anybody can read", async () => {
    for (const deep of [`{${begun},"more":${DEEP}}`, `{${begun},"usage":{"more":${DEEP}}}`])
      expect(await failsWith(sent(deep))).toMatchObject({ kind: "malformed" });
  });

  it("it tells of an error in an answer of status 200, in whichever form", async () => {
    const limited = { message: "Slow down", type: "rate_limit_error" };
    for (const body of [JSON.stringify({ error: limited }), `data: ${JSON.stringify({ error: limited })}\n\n`])
      expect(await failsWith(sent(body))).toMatchObject({ kind: "rate-limited" });
  });

  it.each([
    ["the name of something that every object has", "constructor"],
    ["a thousand names", Array.from({ length: 1_000 }, () => "gzip").join(", ")],
  ])("but not if the encoding that it tells of its answer is %s", async (_name, encoding) => {
    const headers = { "content-encoding": encoding };
    asked.upstream.on("gpt-4", sent(`{${begun}}`, { headers }));
    expect((await ask(asked.provider)).at(-1)).toEqual({ type: "finish", finishReason: "stop" });
    expect(await failsWith(error(503, "Busy", headers))).toMatchObject({ kind: "overloaded" });
  });
});
