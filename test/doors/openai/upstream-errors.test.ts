import OpenAI from "openai";
import { describe, expect, it } from "vitest";
import { callsOf } from "../../kit/calls-of.js";
import { JSON_TYPE } from "../../kit/clients/http.js";
import { useGateway } from "../../kit/gateway/gateway.js";
import { type Behaviour, error, litellmError, openAiError } from "../../kit/upstream/upstream-behaviours.js";

const gateway = useGateway({ upstream: "scripted" });

interface Case {
  readonly sends: Behaviour;
  readonly Class: abstract new (...args: never[]) => InstanceType<typeof OpenAI.APIError>;
  readonly status: number;
  readonly code: string | null;
  readonly param?: string | null;
  readonly says?: RegExp;
  readonly graphql: { readonly code: string; readonly upstreamCode?: string | null; readonly retryAfterMs?: number };
}

const rejected = (upstreamCode: string | null) => ({ code: "UPSTREAM_REJECTED", upstreamCode });

const CASES: readonly [what: string, Case][] = [
  [
    "a parameter that the model does not take",
    {
      sends: error(
        400,
        openAiError("Unsupported value: 'temperature'.", "invalid_request_error", "unsupported_value", "temperature"),
      ),
      Class: OpenAI.BadRequestError,
      status: 400,
      code: "unsupported_value",
      param: "temperature",
      says: /Unsupported value: 'temperature'/,
      graphql: rejected("unsupported_value"),
    },
  ],
  [
    "a request that is too long",
    {
      sends: error(
        400,
        openAiError(
          "maximum context length is 8 tokens",
          "invalid_request_error",
          "context_length_exceeded",
          "messages",
        ),
      ),
      Class: OpenAI.BadRequestError,
      status: 400,
      code: "context_length_exceeded",
      param: "messages",
      graphql: rejected("context_length_exceeded"),
    },
  ],
  [
    "LiteLLM's words for one that is too long",
    {
      sends: error(400, litellmError(400, "ContextWindowExceededError: prompt is too long")),
      Class: OpenAI.BadRequestError,
      status: 400,
      code: "context_length_exceeded",
      graphql: rejected("context_length_exceeded"),
    },
  ],
  [
    "a content filter",
    {
      sends: error(400, openAiError("No.", "invalid_request_error", "content_policy_violation")),
      Class: OpenAI.BadRequestError,
      status: 400,
      code: "content_filter",
      graphql: rejected("content_filter"),
    },
  ],
  [
    "a body that is too large",
    {
      sends: error(413, "Payload Too Large"),
      Class: OpenAI.BadRequestError,
      status: 400,
      code: "context_length_exceeded",
      graphql: rejected("context_length_exceeded"),
    },
  ],
  [
    "a model that it does not have",
    {
      sends: error(404, openAiError("No.", "x", "model_not_found")),
      Class: OpenAI.BadRequestError,
      status: 400,
      code: "model_not_found",
      graphql: rejected("model_not_found"),
    },
  ],
  [
    "a media type",
    {
      sends: error(415, "Unsupported Media Type"),
      Class: OpenAI.BadRequestError,
      status: 400,
      code: null,
      graphql: rejected(null),
    },
  ],
  [
    "FastAPI's 422",
    {
      sends: error(422, { detail: [{ loc: ["body", "tools"], msg: "field required" }] }),
      Class: OpenAI.BadRequestError,
      status: 400,
      code: null,
      says: /tools: field required/,
      graphql: rejected(null),
    },
  ],
  [
    "a limit",
    {
      sends: error(429, openAiError("Too many", "rate_limit_error", "rate_limit_exceeded"), { "retry-after": "30" }),
      Class: OpenAI.RateLimitError,
      status: 429,
      code: "rate_limit_exceeded",
      graphql: { code: "UPSTREAM_RATE_LIMITED", retryAfterMs: 30_000 },
    },
  ],
  [
    "a key that it does not accept",
    {
      sends: error(401, openAiError("Incorrect API key provided: sk-up", "x", "invalid_api_key")),
      Class: OpenAI.InternalServerError,
      status: 502,
      code: "upstream_failed",
      graphql: { code: "UPSTREAM_FAILED", upstreamCode: null },
    },
  ],
  [
    "a country that it does not serve",
    {
      sends: error(403, openAiError("Country not supported", "x")),
      Class: OpenAI.InternalServerError,
      status: 502,
      code: "upstream_failed",
      graphql: { code: "UPSTREAM_FAILED", upstreamCode: null },
    },
  ],
];

describe("what an upstream refuses reaches clients as such", () => {
  it.each(CASES)("%s", async (_, { sends, Class, status, code, param = null, says = /./, graphql }) => {
    const calls = await callsOf(gateway, sends);
    const { call } = await calls.stream();
    for (const settled of [call, await calls.run()])
      expect(settled).toMatchObject({ status: "FAILED", error: graphql });
    const plain = await calls.complete().catch((thrown) => thrown);
    const { chunks, error: streamed } = await calls.chunks();
    expect(chunks).toEqual([]);
    for (const thrown of [plain, streamed]) {
      expect(thrown).toBeInstanceOf(Class);
      expect(thrown).toMatchObject({ status, code, param });
      expect(thrown.message).toMatch(says);
      expect(thrown.message).not.toMatch(/sk-up|127\.0\.0\.1/);
      expect(thrown.headers.get("retry-after")).toBe(status === 429 ? "30" : null);
      expect(thrown.headers.get("x-should-retry")).toBe(status === 429 ? null : "false");
    }
    const body = { model_group: calls.team.modelGroup, messages: [{ role: "user", content: "Hi" }] };
    for (const path of ["create-and-call", "create-and-call-stream"]) {
      const headers = { ...JSON_TYPE, authorization: `Bearer ${calls.team.secret}` };
      const rest = await fetch(`${gateway.url}/api/jobs/${path}`, {
        method: "POST",
        headers,
        body: JSON.stringify(body),
      });
      expect(rest.status, path).toBe(status);
      expect(rest.headers.get("retry-after")).toBe(status === 429 ? "30" : null);
    }
    expect(await calls.team.credits()).toMatchObject({ used: 0, held: 0 });
  });

  it("a refusal of one model is not the end if the next one answers", async () => {
    const calls = await callsOf(
      gateway,
      error(404),
      error(400, litellmError(400, "context window")),
      ({ response }) =>
        void response
          .writeHead(200, { "content-type": "application/json" })
          .end('{"choices":[{"message":{"content":"Hi"},"finish_reason":"stop"}]}'),
    );
    expect(await calls.run()).toMatchObject({ status: "SUCCEEDED", content: "Hi", error: null });
  });
});
