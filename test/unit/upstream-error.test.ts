import { describe, expect, it } from "vitest";
import { classifyHttpFailure } from "../../src/upstream/failure/http-failure.js";
import { publicText } from "../../src/upstream/failure/public-text.js";
import { retryAfterMs } from "../../src/upstream/failure/retry-after.js";
import { classifyTransportFailure } from "../../src/upstream/failure/transport-failure.js";
import { UpstreamError, type UpstreamErrorKind } from "../../src/upstream/failure/upstream-error.js";
import { litellmError, openAiError } from "../kit/upstream/upstream-behaviours.js";

const KEY = "sk-proj-abcDEF0123456789abcDEF0123456789";

function http(status: number, body: unknown = "", headers: Record<string, string> = {}): UpstreamError {
  const text = typeof body === "string" ? body : JSON.stringify(body);
  return classifyHttpFailure({ model: "gpt-4", status, headers, body: text });
}

describe("an HTTP error is classified", () => {
  const contextLength = "This model's maximum context length is 4097 tokens. However, your messages resulted in 5198.";
  const filtered = "The response was filtered due to the prompt triggering Azure OpenAI's content management policy.";
  const cases: [string, number, unknown, UpstreamErrorKind][] = [
    ["429 of OpenAI", 429, openAiError("Rate limit reached", "tokens", "rate_limit_exceeded"), "rate-limited"],
    ["429 of LiteLLM", 429, litellmError(429), "rate-limited"],
    ["an exhausted account under 400", 400, openAiError("Your credit balance is too low", "x"), "rate-limited"],
    ["LiteLLM's budget under 400", 400, openAiError("Budget!", "budget_exceeded", "400"), "rate-limited"],
    ["503", 503, litellmError(503), "overloaded"],
    ["529 of Anthropic", 529, openAiError("Overloaded", "overloaded_error"), "overloaded"],
    ["an overload under 500", 500, openAiError("Overloaded", "overloaded_error"), "overloaded"],
    ["408 of LiteLLM", 408, litellmError(408), "timeout"],
    ["504 of a proxy", 504, "<html><h1>504 Gateway Time-out</h1></html>", "timeout"],
    ["500", 500, litellmError(500), "unavailable"],
    ["502 without a body", 502, "", "unavailable"],
    ["404, an unknown model", 404, openAiError("The model `x` does not exist", "a", "model_not_found"), "unavailable"],
    [
      "LiteLLM's unknown model under 400",
      400,
      { error: { message: "400: Invalid model name passed in model=gpt-9" } },
      "unavailable",
    ],
    ["402", 402, "", "unavailable"],
    ["307", 307, "", "unavailable"],
    ["400", 400, openAiError("Invalid value for 'temperature'", "invalid_request_error"), "invalid-request"],
    ["422 of FastAPI", 422, { detail: [{ loc: ["body", "messages"], msg: "field required" }] }, "invalid-request"],
    ["415", 415, "Unsupported Media Type", "invalid-request"],
    ["401", 401, openAiError("Incorrect API key provided", "x", "invalid_api_key"), "authentication"],
    ["403", 403, openAiError("Country not supported", "x"), "authentication"],
    [
      "Anthropic's closed account under 400",
      400,
      openAiError("This organization has been disabled.", "x"),
      "authentication",
    ],
    [
      "OpenAI's account that may not stream, under 400",
      400,
      openAiError("Your organization must be verified to stream this model.", "x", "unsupported_value", "stream"),
      "authentication",
    ],
    ["Anthropic's filter", 400, openAiError("Output blocked by content filtering policy", "x"), "content-filter"],
    ["Google's bad key under 400", 400, openAiError("API key not valid. Please pass one.", "x"), "authentication"],
    ["OpenAI's context length", 400, openAiError(contextLength, "x", "context_length_exceeded"), "context-length"],
    [
      "LiteLLM's context length",
      400,
      litellmError(400, `ContextWindowExceededError: ${contextLength}`),
      "context-length",
    ],
    ["vLLM's context length", 400, { object: "error", message: contextLength, code: 400 }, "context-length"],
    ["413", 413, openAiError("Request too large", "tokens", "rate_limit_exceeded"), "context-length"],
    ["OpenAI's filter", 400, openAiError("No.", "x", "content_policy_violation"), "content-filter"],
    [
      "Azure's filter",
      400,
      { error: { message: "x", code: null, innererror: { code: "ResponsibleAIPolicyViolation" } } },
      "content-filter",
    ],
    ["LiteLLM's filter", 400, litellmError(400, `ContentPolicyViolationError: ${filtered}`), "content-filter"],
  ];
  it.each(cases)("%s", (_, status, body, kind) => {
    expect(http(status, body)).toMatchObject({ kind, status, tryNextModel: kind !== "invalid-request" });
  });

  it.each([
    "null",
    "[]",
    "42",
    '"text"',
    '{"error":null}',
    '{"error":"text"}',
    '{"error":[]}',
    '{"error":{"message":{"a":1}}}',
    "{",
    "\u0000",
  ])("whatever the body: %j", (body) => {
    expect(http(400, body).kind).toBe("invalid-request");
  });
});

describe("whether the attempt may have been billed", () => {
  it("is unknown after a timeout, not after a refusal", () => {
    expect(http(504).usageUnknown).toBe(true);
    expect([http(400), http(401), http(429), http(500), http(503)].map((e) => e.usageUnknown)).not.toContain(true);
  });

  it("is unknown for answers that were cut off or made no sense", () => {
    expect(new UpstreamError("truncated", "m").usageUnknown).toBe(true);
    expect(new UpstreamError("malformed", "m").usageUnknown).toBe(true);
  });
});

describe("the message", () => {
  it("names the model and the status in the gateway's own words", () => {
    expect(http(429).message).toBe('The upstream is limiting requests to model "gpt-4" (status 429).');
    expect(new UpstreamError("timeout", "gpt-4").message).toBe(
      'The upstream did not answer for model "gpt-4" in time.',
    );
  });

  it("quotes the upstream if the request is to blame, without LiteLLM's wrapping", () => {
    expect(http(400, litellmError(400, "Invalid value for 'temperature'")).message).toBe(
      "The upstream refused the request to model \"gpt-4\" as invalid (status 400): Invalid value for 'temperature'.",
    );
    expect(http(422, { detail: [{ loc: ["body", "messages"], msg: "field required" }] }).message).toMatch(
      /: body\.messages: field required$/,
    );
  });

  it("quotes nothing of the upstream if the request is not to blame", () => {
    for (const status of [401, 403, 404, 408, 429, 500, 502, 503, 504]) {
      expect(http(status, openAiError("internal detail", "x")).message).not.toContain("internal detail");
    }
  });

  it("shows no HTML", () => {
    expect(http(400, "<html><body>nginx</body></html>").message).toBe(
      'The upstream refused the request to model "gpt-4" as invalid (status 400).',
    );
  });

  it("is cut to 300 characters of the upstream's text", () => {
    const text = publicText("word ".repeat(100_000));
    expect(text).toHaveLength(300);
    expect(text.endsWith("…")).toBe(true);
  });
});

describe("public text", () => {
  it.each([
    ["an OpenAI key", `Bad key ${KEY} given`],
    ["a key that the provider masked itself", "Received API Key = sk-...8aSP"],
    ["a bearer token", "Header Authorization: Bearer abc.def-ghi was refused"],
    ["a hash", "Key Hash (Token) =569909a917a742e1c954a5ae2ff043fb10fff299956707ca9f9ce64c1f257585."],
    ["a Google key", "key AIzaSyD-9tSrke72PouQMnMX-a7eZSW0jkFMBWY"],
    ["a JSON web token", "token eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.abcDEF123"],
    ["base64", "secret=QWxhZGRpbjpvcGVuIHNlc2FtZTEyMzQ1Njc4OTA="],
    ["an organization's id", "in organization org-66tr5xhH5yhaqZAy6PAIy1Xi"],
  ])("hides %s", (_, text) => {
    const secret = /sk-\S+|abc\.def-ghi|5699\w+|AIza\S+|eyJ\S+|QWxh\S+|org-\w+/.exec(text)?.[0] ?? "nothing";
    expect(publicText(text)).toContain("[hidden]");
    expect(publicText(text)).not.toContain(secret);
  });

  it.each([
    "https://my-resource.openai.azure.com/openai",
    "10.0.3.7:8002",
    "litellm:4000",
    "llm.corp.internal",
    "localhost:8002",
  ])("hides the host %s", (host) => {
    expect(publicText(`Failed at ${host} today`)).toBe("Failed at [hidden] today");
  });

  it("leaves ordinary words, model names and numbers alone", () => {
    const text = "gpt-3.5-turbo, claude-3-5-sonnet-20241022 and messages.0.content: 1.5 is greater than 1 (key_value)";
    expect(publicText(text)).toBe(text);
  });

  it("does not leave half of a key if a long text is cut", () => {
    const text = publicText(`${" ".repeat(3_990)}a ${KEY}`);
    expect(text).toBe("a");
  });

  it("takes time in proportion to what is shown, whatever the length", () => {
    for (const unit of [" ", "a.", "sk-", "a-", "Bearer ", "[["])
      expect(publicText(unit.repeat(40_000)).length).toBeLessThan(301);
  });
});

describe("retry-after", () => {
  const now = new Date("2026-01-01T00:00:00Z");
  it.each<[string, Record<string, string>, number | undefined]>([
    ["seconds", { "retry-after": "20" }, 20_000],
    ["milliseconds, which win", { "retry-after-ms": "1500", "retry-after": "20" }, 1_500],
    ["a date, from our clock", { "retry-after": "Thu, 01 Jan 2026 00:00:30 GMT" }, 30_000],
    [
      "a date, from the answer's clock",
      { "retry-after": "Thu, 01 Jan 2026 09:00:30 GMT", date: "Thu, 01 Jan 2026 09:00:00 GMT" },
      30_000,
    ],
    ["a date that has passed", { "retry-after": "Thu, 01 Jan 2020 00:00:00 GMT" }, 0],
    ["a week, which is bounded", { "retry-after": "604800" }, 600_000],
    ["nonsense", { "retry-after": "soon" }, undefined],
    ["a negative number", { "retry-after-ms": "-1" }, undefined],
    ["nothing", {}, undefined],
  ])("understands %s", (_, headers, expected) => {
    expect(retryAfterMs(headers, now)).toBe(expected);
  });

  it("is carried by the error", () => {
    expect(http(429, "", { "retry-after-ms": "250" }).retryAfterMs).toBe(250);
  });
});

describe("a transport failure is classified", () => {
  const failing = (code: string, syscall?: string) =>
    Object.assign(new Error(`at 10.0.0.1 ${code}`), { code, syscall });
  const cases: [unknown, "before-answer" | "in-answer", UpstreamErrorKind, boolean][] = [
    [failing("ECONNREFUSED", "connect"), "before-answer", "unavailable", false],
    [failing("ENOTFOUND"), "before-answer", "unavailable", false],
    [failing("ETIMEDOUT", "connect"), "before-answer", "timeout", false],
    [failing("ETIMEDOUT", "read"), "before-answer", "timeout", true],
    [failing("UND_ERR_CONNECT_TIMEOUT"), "before-answer", "timeout", false],
    [failing("UND_ERR_HEADERS_TIMEOUT"), "before-answer", "timeout", true],
    [failing("UND_ERR_BODY_TIMEOUT"), "in-answer", "timeout", true],
    [failing("ECONNRESET", "read"), "before-answer", "unavailable", true],
    [failing("UND_ERR_SOCKET"), "before-answer", "unavailable", true],
    [failing("UND_ERR_SOCKET"), "in-answer", "truncated", true],
    [failing("UND_ERR_RES_CONTENT_LENGTH_MISMATCH"), "in-answer", "truncated", true],
    [failing("UND_ERR_DESTROYED"), "before-answer", "unavailable", false],
    [failing("SELF_SIGNED_CERT_IN_CHAIN"), "before-answer", "unavailable", false],
    [Object.assign(new Error("Expected HTTP/"), { name: "HTTPParserError" }), "before-answer", "malformed", true],
    [new Error("outer", { cause: failing("ECONNREFUSED", "connect") }), "before-answer", "unavailable", false],
    [new AggregateError([failing("ECONNREFUSED", "connect")]), "before-answer", "unavailable", false],
    [new Error("of a kind nobody knows"), "before-answer", "unavailable", true],
    ["not even an error", "before-answer", "unavailable", true],
  ];
  it.each(cases)("%s %s", (error, phase, kind, usageUnknown) => {
    expect(classifyTransportFailure("gpt-4", error, phase)).toMatchObject({ kind, usageUnknown, tryNextModel: true });
  });

  it("and keeps the cause for the log, out of the message", () => {
    const cause = failing("ECONNREFUSED", "connect");
    const error = classifyTransportFailure("gpt-4", cause, "before-answer");
    expect(error.cause).toBe(cause);
    expect(error.message).toBe('The upstream could not serve model "gpt-4".');
  });
});
