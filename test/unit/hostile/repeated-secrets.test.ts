import { describe, expect, it } from "vitest";
import { anthropic } from "../../../src/upstream/anthropic/anthropic.js";
import { openAiCompatible } from "../../../src/upstream/openai/openai-compatible.js";
import type { Provider } from "../../../src/upstream/provider.js";
import { ask, failure } from "../../kit/upstream/ask.js";
import { sent } from "../../kit/upstream/upstream-answers.js";
import { type Behaviour, error } from "../../kit/upstream/upstream-behaviours.js";
import { useProvider } from "../../kit/upstream/use-provider.js";

// None of these looks like a secret.
const SECRETS = {
  apiKey: "open-sesame",
  headers: { "x-organization": "acme-of-the-west", "x-pass": "Basic let-me-in" },
};
const WORDS = ["open-sesame", "acme-of-the-west", "let-me-in"];

const KINDS: readonly [string, (url: string) => Provider][] = [
  ["chat completions", (url) => openAiCompatible({ url, ...SECRETS })],
  ["OpenAI's responses", (url) => openAiCompatible({ url, hasResponses: true, ...SECRETS })],
  ["Anthropic's messages", (url) => anthropic({ url, ...SECRETS })],
];

describe.each(KINDS)("an upstream of %s", (_, open) => {
  const asked = useProvider(open);

  const said = (code: string) => ({
    error: { message: `Not with ${WORDS.join(", ")}.`, type: code, code, param: code },
  });
  it.each(WORDS)(
    "that repeats what its headers say does not tell it to a client, be it as the code %s",
    async (word) => {
      const behaviours: Behaviour[] = [
        error(422, said(word)),
        error(429, said(word)),
        sent(JSON.stringify(said(word))),
      ];
      for (const behaviour of behaviours) {
        asked.upstream.on("gpt-4", behaviour);
        const { message, code, param } = await failure(ask(asked.provider));
        for (const secret of WORDS) expect([message, code, param].join(" ")).not.toContain(secret);
      }
    },
  );
});
