import { expect, it } from "vitest";
import { classifyHttpFailure } from "../../src/upstream/failure/http-failure.js";
import { openAiError } from "../kit/upstream/upstream-behaviours.js";

const classified = (body: unknown, status: number | "meant" = 400) =>
  classifyHttpFailure({ model: "gpt-4", status, headers: {}, body: JSON.stringify(body) });

const RAW = JSON.stringify({ error: { message: "prompt is too long: 210000 tokens > 200000 maximum" } });
const TOO_LONG: readonly [who: string, text: string][] = [
  ["Bedrock", "Input is too long for requested model."],
  ["llama.cpp", "the request exceeds the available context size. try increasing the context size"],
  ["SGLang", "The input (9000 tokens) is longer than the model's context length (8192 tokens)."],
  ["vLLM", "The decoder prompt (length 40000) is longer than the maximum model length of 32768."],
  ["Anthropic", "input length and `max_tokens` exceed context limit: 190000 + 20000 > 200000"],
  ["xAI", "This model's maximum prompt length is 131072 but the request contains 537812 tokens."],
  ["Moonshot", "Your request exceeded model token limit: 8192 (requested: 9000)"],
  ["Cohere", "too many tokens: total number of tokens in the prompt cannot exceed 4081"],
  ["DashScope", "Range of input length should be [1, 30720]"],
  ["LM Studio", "The model is loaded with context length of only 4096 tokens"],
  ["Copilot", "prompt token count of 200000 exceeds the limit of 128000"],
  ["TGI", "Input validation error: `inputs` tokens + `max_new_tokens` must be <= 4096."],
  ["Ollama", "the input length exceeds the context length"],
];

it.each(TOO_LONG)("%s says that a request is too long", (_, text) => {
  expect(classified(openAiError(text, "x"))).toMatchObject({ kind: "context-length", code: "context_length_exceeded" });
});

it("a limit of tokens in a time is no request that is too long", () => {
  const text = "Too many tokens, please wait before trying again.";
  expect(classified({ error: { message: text, type: "rate_limit_error" } }, "meant").kind).toBe("rate-limited");
});

it.each([
  ["DashScope", openAiError("May contain inappropriate content", "data_inspection_failed")],
  ["DeepSeek", openAiError("Content Exists Risk", "invalid_request_error")],
  ["Zhipu", openAiError("敏感内容", "x", "1301")],
  ["Gemini", openAiError("The prompt was blocked: PROHIBITED_CONTENT", "x")],
])("%s says that its filter refuses a request", (_, body) => {
  expect(classified(body)).toMatchObject({ kind: "content-filter", code: "content_filter", tryNextModel: true });
});

it("the error inside another one decides: OpenRouter keeps it as a text, others nest it, Gemini sends a list", () => {
  const wrapped = { message: "Provider returned error", code: 400, metadata: { raw: RAW } };
  expect(classified({ error: wrapped }).kind).toBe("context-length");
  expect(classified({ error: { error: { message: "Bad top_k", code: "bad" } } })).toMatchObject({ code: "bad" });
  const { kind, message } = classified([{ error: { code: 400, status: "INVALID_ARGUMENT", message: "Bad schema" } }]);
  expect([kind, message]).toEqual(["invalid-request", expect.stringMatching(/: Bad schema$/)]);
});
