import { describe, expect, it } from "vitest";
import { addedUp, callsOf } from "../../kit/calls-of.js";
import { useGateway } from "../../kit/gateway/gateway.js";
import {
  type Chunk,
  chunk,
  DONE,
  event,
  eventsOf,
  sent,
  usageChunk,
  whole,
} from "../../kit/upstream/upstream-answers.js";
import { answer } from "../../kit/upstream/upstream-behaviours.js";

const gateway = useGateway({ upstream: "scripted" });

const limited = { message: "Slow down", type: "rate_limit_error", code: "rate_limit_exceeded" };
const HALF = chunk({ content: "Half an ans" });
const HALF_OF_NOTHING = chunk({}, "stop");
const tooLong = "This model's maximum context length is 8 tokens.";

/** Errors inside an answer of status 200, as objects. Each may be a chunk of a stream or a whole answer. */
const OBJECTS: readonly [who: string, object: Chunk, kind: string][] = [
  ["LiteLLM: error as an object", { error: limited }, "rate-limited"],
  ["OpenRouter: with the status as its code", { error: { code: 429, message: "Slow down" } }, "rate-limited"],
  ["OpenRouter: with a status as text", { error: { code: "503", message: "No capacity" } }, "overloaded"],
  ["TGI: error as a text", { error: "Request failed during generation" }, "unavailable"],
  ["Ollama: error as a text that says what it is", { error: "model 'x' not found" }, "unavailable"],
  [
    "Gemini: error as a list",
    { error: [{ code: 400, message: "Bad schema", status: "INVALID_ARGUMENT" }] },
    "invalid-request",
  ],
  [
    "vLLM: object is error",
    { object: "error", message: tooLong, type: "BadRequestError", param: null, code: 400 },
    "context-length",
  ],
  [
    "SGLang: object is error, without a status",
    { object: "error", message: "Bad schema", type: "invalid_request_error" },
    "invalid-request",
  ],
  [
    "Anthropic: type is error",
    { type: "error", error: { type: "overloaded_error", message: "Overloaded" } },
    "overloaded",
  ],
  ["Cloudflare: success is false", { success: false, errors: [{ code: 7000, message: "No route" }] }, "unavailable"],
  [
    "DashScope: code and message",
    { code: "InvalidParameter", message: "Bad top_k", request_id: "1" },
    "invalid-request",
  ],
  ["an error without choices: a filter", { error: { code: "content_filter", message: "No." } }, "content-filter"],
  ["a timeout", { error: { type: "timeout_error", message: "Took too long" } }, "timeout"],
  ["a key that is not accepted", { error: { type: "authentication_error", message: "No." } }, "authentication"],
  ["beside a choice", { ...HALF, error: { code: 429, message: "Slow down" } }, "rate-limited"],
  [
    "OpenRouter: inside the choice",
    { choices: [{ index: 0, delta: {}, error: { code: 429, message: "Slow down" } }] },
    "rate-limited",
  ],
  ["finish_reason is error", chunk({ content: "" }, "error"), "unavailable"],
  ["finish_reason is ERROR", chunk({ content: "" }, "ERROR"), "unavailable"],
];

/** Errors that no field named error tells. They stand between half of an answer and its [DONE]. */
const UNNAMED: readonly [who: string, body: string, kind: string][] = [
  ["Baidu: error_code", event({ error_code: 336003, error_msg: "Too long" }), "unavailable"],
  ["AWS: a message alone", event({ message: "Endpoint request timed out" }), "unavailable"],
  ["FastAPI: detail", event({ detail: "CUDA out of memory" }), "unavailable"],
  ["Cloudflare: errors", event({ errors: [{ message: "No capacity", code: 503 }] }), "overloaded"],
  ["Bedrock: an exception by its name", event({ throttlingException: { message: "rate limit" } }), "rate-limited"],
  ["Bedrock: an event named exception", `event: exception\n${event({ message: "It broke" })}`, "unavailable"],
  ["status is error", event({ status: "error", message: "It broke" }), "unavailable"],
  [
    "response.failed",
    `event: response.failed\n${event({ type: "response.failed", response: { error: limited } })}`,
    "rate-limited",
  ],
  [
    "MiniMax: base_resp beside a choice",
    event({ ...HALF_OF_NOTHING, base_resp: { status_code: 1026 } }),
    "unavailable",
  ],
  ["a line of JSON without data:", `${JSON.stringify({ error: limited })}\n\n`, "rate-limited"],
];

/** Streams that fail in other ways. */
const STREAMS: readonly [who: string, body: string, kind: string][] = [
  ["an event named error", `event: error\n${event({ message: "Slow down", code: 429 })}`, "rate-limited"],
  ["an event named error whose data is text", "event: error\ndata: rate limit reached\n\n", "rate-limited"],
  ["Gemini: a list around the error", event([{ error: { code: 429, message: "Slow down" } }]), "rate-limited"],
  ["nothing but [DONE]", DONE, "malformed"],
  ["a role, and [DONE]", event(chunk({ role: "assistant", content: "" })) + DONE, "malformed"],
  ["usage, and [DONE]", event(usageChunk()) + DONE, "malformed"],
  ['finish_reason "" in each chunk', eventsOf(chunk({ content: "" }, ""), chunk({}, "")), "truncated"],
  ["no end after a role", eventsOf(chunk({ role: "assistant" })), "truncated"],
];

describe("an error inside an answer of status 200", () => {
  // Before a model is asked again, a call waits. So the calls, and some tests, wait beside each other.
  it.concurrent.each([
    ...OBJECTS.flatMap(([who, object, kind]) => [
      [`in a plain answer: ${who}`, JSON.stringify(object), kind],
      [`in a stream: ${who}`, event(object) + DONE, kind],
    ]),
    ...STREAMS,
  ])("%s: the next model is asked, or the call fails and is free", async (_, body, kind) => {
    const alone = await callsOf(gateway, sent(body));
    const [run, stream, { error }] = await Promise.all([alone.run(), alone.stream(), alone.chunks()]);
    for (const call of [run, stream.call]) {
      expect(call).toMatchObject({ status: "FAILED", job: { status: "FAILED" } });
      expect(call.attempts.at(-1)).toMatchObject({ status: "FAILED", errorKind: kind });
    }
    expect(error).toBeInstanceOf(Error);
    expect(await alone.team.credits()).toMatchObject({ used: 0, held: 0 });

    if (kind === "invalid-request") return;
    const withAnother = await callsOf(gateway, sent(body), answer({ content: "Second" }));
    const call = await withAnother.run();
    expect(call).toMatchObject({ status: "SUCCEEDED", model: withAnother.models[1] });
  });

  it.each<[string, string, string]>([
    ["an error chunk", event(HALF) + event({ error: limited }) + DONE, "rate-limited"],
    ["an error as a text", event(HALF) + event({ error: "It broke" }) + DONE, "unavailable"],
    ["an error after the finish_reason", eventsOf(HALF, chunk({}, "stop"), { error: limited }) + DONE, "rate-limited"],
    ["finish_reason error", event(HALF) + event(chunk({}, "error")) + DONE, "unavailable"],
    ['finish_reason "" and an end', eventsOf(chunk({ content: "Half an ans" }, "")), "truncated"],
    ['DashScope: finish_reason "null" and an end', eventsOf(chunk({ content: "Half an ans" }, "null")), "truncated"],
    ...UNNAMED.map(([who, body, kind]): [string, string, string] => [who, event(HALF) + body + DONE, kind]),
  ])("after half of an answer is the call's end: %s", async (_, body, kind) => {
    const calls = await callsOf(gateway, sent(body), answer({ content: "Second" }));
    const { call } = await calls.stream();
    expect(call).toMatchObject({ status: "FAILED", content: "Half an ans", job: { status: "FAILED" } });
    expect(call.attempts).toMatchObject([{ errorKind: kind }]);
    const { chunks, error } = await calls.chunks();
    expect(error).toBeInstanceOf(Error);
    expect(addedUp(chunks)).toMatchObject({ content: "Half an ans", finishReason: null });
    expect(await calls.team.credits()).toMatchObject({ used: 0, held: 0 });
  });

  it.each([null, "", false, 0, [], {}, { message: "", code: null }])(
    "is none if it is %j, as some send with each chunk",
    async (nothing) => {
      const body = eventsOf(
        { ...chunk({ content: "Whole" }), error: nothing },
        { ...chunk({}, "stop"), error: nothing },
      );
      const calls = await callsOf(gateway, sent(body + DONE));
      expect(await calls.run()).toMatchObject({ status: "SUCCEEDED", content: "Whole" });
      const plain = await callsOf(
        gateway,
        sent(JSON.stringify(whole({ content: "Whole" }, "stop", { error: nothing }))),
      );
      expect(await plain.run()).toMatchObject({ status: "SUCCEEDED", content: "Whole" });
    },
  );
});
