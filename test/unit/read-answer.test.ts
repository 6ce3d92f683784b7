import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readAnswer } from "../../src/upstream/answers/read-answer.js";
import { AnswerReader } from "../../src/upstream/openai/answer-reader.js";
import type { Part } from "../../src/upstream/provider.js";
import { chunk, DONE, event, eventsOf, usageChunk, whole } from "../kit/upstream/upstream-answers.js";

/** The parts of an answer whose bytes arrive in these pieces, with neighbouring texts joined. */
async function partsOf(pieces: readonly Uint8Array[], contentType: string): Promise<Part[]> {
  async function* bytes() {
    yield* pieces;
  }
  const body = {
    model: "m",
    status: 200,
    headers: { "content-type": contentType },
    bytes: bytes(),
    breakOff: () => {},
  };
  const parts: Part[] = [];
  const arrived: Part[] = [];
  for await (const together of readAnswer(body, new AnswerReader(body))) arrived.push(...together);
  for (const part of arrived) {
    const last = parts.at(-1);
    if (part.type === "text-delta" && last?.type === "text-delta")
      parts[parts.length - 1] = { ...last, content: last.content + part.content };
    else parts.push(part);
  }
  return parts;
}

function cutAt(bytes: Buffer, places: readonly number[]): Buffer[] {
  const cuts = [...new Set(places.map((place) => place % bytes.length))].sort((a, b) => a - b);
  return [0, ...cuts].map((start, index) => bytes.subarray(start, cuts[index] ?? bytes.length));
}

const said = eventsOf(
  chunk({ role: "assistant", content: "" }),
  chunk({ reasoning_content: "渐 hm" }),
  chunk({ content: "naïve 🧪 " }),
  chunk({ content: "שלום" }),
  chunk({ tool_calls: [{ index: 0, id: "call_a", function: { name: "look", arguments: '{"at":"🧪"}' } }] }),
);
const BODIES: readonly [what: string, body: string, contentType: string][] = [
  ["a stream", `${said}${event(chunk({}, "tool_calls"))}${event(usageChunk())}${DONE}`, "text/event-stream"],
  [
    "a stream with CR LF",
    `: hi\n\n${said}${event(chunk({}, "stop"))}${DONE}`.replaceAll("\n", "\r\n"),
    "text/event-stream",
  ],
  ["a stream with lone CR", `${said}${event(chunk({}, "stop"))}${DONE}`.replaceAll("\n", "\r"), "text/plain"],
  ["a stream with a byte order mark", `\ufeff${said}${event(chunk({}, "stop"))}data: [DONE]`, "application/json"],
  ["JSON", JSON.stringify(whole({ content: "naïve 🧪 שלום" })), "text/event-stream"],
];

describe("an answer is the same, wherever its bytes are cut:", () => {
  it.each(BODIES)("%s", async (_, body, contentType) => {
    const bytes = Buffer.from(body);
    const expected = await partsOf([bytes], contentType);
    expect(expected.at(-1)).toMatchObject({ type: "finish" });
    const places = fc.array(fc.nat({ max: bytes.length - 1 }), { maxLength: 40 });
    await fc.assert(
      fc.asyncProperty(places, async (cuts) => {
        expect(await partsOf(cutAt(bytes, cuts), contentType)).toEqual(expected);
      }),
      { numRuns: 100 },
    );
    const each = Array.from(bytes, (_byte, index) => bytes.subarray(index, index + 1));
    expect(await partsOf(each, contentType)).toEqual(expected);
  });
});

describe("whatever an upstream sends", () => {
  it("is read to an end or to an UpstreamError, never to another failure", async () => {
    const json = fc.json({ maxDepth: 4 });
    const choice = fc.record(
      { index: fc.jsonValue(), delta: fc.jsonValue(), message: fc.jsonValue(), finish_reason: fc.jsonValue() },
      { requiredKeys: [] },
    );
    const call = fc.record({
      index: fc.jsonValue(),
      id: fc.jsonValue(),
      function: fc.record({ name: fc.jsonValue(), arguments: fc.jsonValue() }),
    });
    const delta = fc.record(
      {
        content: fc.jsonValue(),
        reasoning: fc.jsonValue(),
        refusal: fc.jsonValue(),
        tool_calls: fc.array(call),
        function_call: fc.jsonValue(),
      },
      { requiredKeys: [] },
    );
    const likely = fc.record(
      {
        choices: fc.array(fc.oneof(choice, fc.record({ index: fc.constant(0), delta }))),
        usage: fc.jsonValue(),
        error: fc.constantFrom(null, "", {}),
      },
      { requiredKeys: [] },
    );
    const body = fc.array(
      fc.oneof(
        json,
        likely.map((given) => JSON.stringify(given)),
      ),
      { maxLength: 5 },
    );
    await fc.assert(
      fc.asyncProperty(body, fc.boolean(), async (chunks, isStream) => {
        const text = isStream ? chunks.map(event).join("") + DONE : (chunks[0] ?? "");
        const outcome = await partsOf([Buffer.from(text)], "application/json").then(
          (parts) => parts.at(-1)?.type,
          (error: Error) => error.name,
        );
        expect(["finish", "UpstreamError"]).toContain(outcome);
      }),
      { numRuns: 500 },
    );
  });
});
