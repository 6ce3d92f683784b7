import { describe, expect, it } from "vitest";
import { Answer } from "../../../src/features/calls/log/answer.js";
import type { AnswerReading, AnswerSource } from "../../../src/upstream/answers/answer-reading.js";
import { readAnswer } from "../../../src/upstream/answers/read-answer.js";
import { MessageReader } from "../../../src/upstream/anthropic/message-reader.js";
import { UpstreamError } from "../../../src/upstream/failure/upstream-error.js";
import { AnswerReader } from "../../../src/upstream/openai/answer-reader.js";
import { ResponseReader } from "../../../src/upstream/openai/responses/response-reader.js";
import { block, events, start, stop, text } from "../../kit/upstream/anthropic-answers.js";
import { itemEvents, responseEvents, textEvents } from "../../kit/upstream/responses-answers.js";
import { chunk, DONE, eventsOf, usageChunk } from "../../kit/upstream/upstream-answers.js";

const SOURCE: AnswerSource = { model: "m", status: 200, headers: { "content-type": "text/event-stream" } };

const call = { type: "function_call", id: "fc_1", call_id: "call_1", name: "look", arguments: '{"at":"🧪"}' };
const tool = (index: number, given: object) => chunk({ tool_calls: [{ index, ...given }] });

/** A stream of each format, how it is read, and what first says that the answer is whole. */
const STREAMS: readonly [string, (source: AnswerSource) => AnswerReading, string, string][] = [
  [
    "chat completions",
    (source) => new AnswerReader(source),
    eventsOf(
      chunk({ role: "assistant", content: "" }),
      chunk({ content: "Hé 🧪" }),
      tool(0, { id: "call_1", function: { name: "look", arguments: '{"at":' } }),
      tool(0, { function: { arguments: '"🧪"}' } }),
      chunk({}, "tool_calls"),
      usageChunk(),
    ) + DONE,
    '"finish_reason":"tool_calls"',
  ],
  [
    "Anthropic's messages",
    (source) => new MessageReader(source),
    events(
      start(),
      ...text(0, "Hé ", "🧪"),
      ...block(
        1,
        { type: "tool_use", id: "call_1", name: "look", input: {} },
        { type: "input_json_delta", partial_json: '{"at":' },
        { type: "input_json_delta", partial_json: '"🧪"}' },
      ),
      ...stop("tool_use"),
    ),
    '"stop_reason":"tool_use"',
  ],
  [
    "OpenAI's responses",
    (source) => new ResponseReader(source),
    responseEvents([
      ...textEvents(0, "Hé ", "🧪"),
      ...itemEvents(1, { ...call, arguments: "" }, call, {
        type: "response.function_call_arguments.delta",
        delta: call.arguments,
      }),
    ]),
    "event: response.completed",
  ],
];

describe.each(STREAMS)("a stream of %s", (_, readingOf, whole, mark) => {
  /** Reads a stream whose bytes come in these pieces. */
  async function read(pieces: Iterable<Uint8Array>) {
    const answer = new Answer();
    async function* bytes() {
      yield* pieces;
    }
    const parts = readAnswer({ ...SOURCE, bytes: bytes(), breakOff: () => undefined }, readingOf(SOURCE));
    try {
      for await (const together of parts) for (const part of together) answer.add(part);
    } catch (error) {
      return { answer, error };
    }
    return { answer, error: undefined };
  }
  const forms: [string, Buffer][] = [
    ["line feeds", Buffer.from(whole)],
    ["CRLF", Buffer.from(whole.replaceAll("\n", "\r\n"))],
    ["a mark of the order of bytes", Buffer.from(`\ufeff${whole}`)],
  ];

  it.each(forms)("with %s is no answer, wherever it is cut before its end", async (_name, bytes) => {
    const end = bytes.indexOf(mark);
    for (let length = 0; length < bytes.length; length++) {
      const { answer, error } = await read([bytes.subarray(0, length)]);
      if (length <= end) {
        expect(error, `cut after ${length} bytes`).toBeInstanceOf(UpstreamError);
        expect(["truncated", "malformed"]).toContain((error as UpstreamError).kind);
      }
      expect("Hé 🧪".startsWith(answer.content ?? ""), `the text after ${length} bytes`).toBe(true);
      if (error === undefined)
        expect(answer.toolCalls).toEqual([{ id: "call_1", name: "look", arguments: '{"at":"🧪"}' }]);
    }
  });

  it.each(forms)("with %s is the same answer, however its bytes arrive", async (_name, bytes) => {
    for (const size of [1, 2, 3, 7, 64, 4_096]) {
      const pieces = Array.from({ length: Math.ceil(bytes.length / size) }, (__, index) =>
        bytes.subarray(index * size, (index + 1) * size),
      );
      const { answer, error } = await read(pieces);
      expect(error).toBeUndefined();
      expect(answer).toMatchObject({ content: "Hé 🧪", finishReason: "tool_calls" });
      expect(answer.toolCalls).toEqual([{ id: "call_1", name: "look", arguments: '{"at":"🧪"}' }]);
    }
  });
});
