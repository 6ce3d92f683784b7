import { describe, expect, it } from "vitest";
import { addedUp, addedUpEvents, callsOf } from "../../kit/calls-of.js";
import { useGateway } from "../../kit/gateway/gateway.js";
import {
  COMPRESSED,
  chunk,
  DONE,
  event,
  eventsOf,
  type Sending,
  sent,
  usageChunk,
  whole,
} from "../../kit/upstream/upstream-answers.js";

const gateway = useGateway({ upstream: "scripted", env: { UPSTREAM_IDLE_TIMEOUT_MS: "400" } });

const SAID = eventsOf(chunk({ role: "assistant", content: "" }), chunk({ content: "Who" }), chunk({ content: "le" }));
const STOP = event(chunk({}, "stop"));
const USAGE = event(usageChunk());
const labelled = (type: string): Sending => ({ headers: { "content-type": type } });
const JSON_ANSWER = JSON.stringify(whole({ content: "Whole" }));

/** Who does so is in the name, as far as it is known. */
const WHOLE: readonly [what: string, body: string | Buffer, sending?: Sending][] = [
  ["OpenAI's stream", SAID + STOP + USAGE + DONE],
  ["a reset after the finish_reason (Bifrost)", SAID + STOP + USAGE, { connection: "is cut" }],
  ["an end without [DONE] (Gemini, vLLM's proxies)", SAID + STOP + USAGE],
  [
    "an open connection after the finish_reason (Azure behind some proxies)",
    SAID + STOP + USAGE,
    { connection: "stays open" },
  ],
  ["an open connection after [DONE]", SAID + STOP + USAGE + DONE, { connection: "stays open" }],
  ["[DONE] without a finish_reason (llama.cpp)", SAID + USAGE + DONE],
  ['finish_reason "" and [DONE] (SGLang)', eventsOf(chunk({ content: "Whole" }, "")) + USAGE + DONE],
  ["a last event without its blank line", `${SAID}${USAGE}data: ${JSON.stringify(chunk({}, "stop"))}\n`],
  ["a last event without its line end", `${SAID}${USAGE}data: ${JSON.stringify(chunk({}, "stop"))}`],
  [
    "a last event without its blank line, and a reset",
    `${SAID}${USAGE}data: ${JSON.stringify(chunk({}, "stop"))}\n`,
    { connection: "is cut" },
  ],
  ["[DONE] without a line end", `${SAID}${STOP}${USAGE}data:[DONE]`],
  ["rubbish after the finish_reason, cut in the middle", `${SAID}${STOP}${USAGE}data: {"choi`],
  [
    "empty data lines, comments and events of a proxy's own",
    `: hi\n\n${SAID}data: \n\ndata\n\nevent: ping\ndata: ok\n\nevent: x\n${event({ at: 1 })}retry: 9\n\n${STOP}${USAGE}${DONE}`,
  ],
  [
    "a code of 0, which is that of success (Spark)",
    `${SAID}${STOP}${event({ code: 0, message: "Success", usage: usageChunk().usage })}${DONE}`,
  ],
  ['"data:" twice (one-api behind another proxy)', `${SAID.replaceAll("data:", "data: data:")}${STOP}${USAGE}${DONE}`],
  [
    "a status of a proxy's own before the answer",
    `event: status\n${event({ message: "queued" })}${event({ type: "status", message: "queued" })}${SAID}${STOP}${USAGE}${DONE}`,
  ],
  ["a byte order mark, and lines that end in CR LF", `\ufeff${(SAID + STOP + USAGE + DONE).replaceAll("\n", "\r\n")}`],
  ["a stream labelled text/plain", SAID + STOP + USAGE + DONE, labelled("text/plain")],
  ["a stream labelled application/json", SAID + STOP + USAGE + DONE, labelled("application/json")],
  ["a stream without a label that begins with a comment", `: hi\n\n${SAID}${STOP}${USAGE}${DONE}`, labelled("")],
  ["JSON labelled text/event-stream", JSON_ANSWER, labelled("text/event-stream")],
  ["JSON labelled text/plain, after white space", `\n\n ${JSON_ANSWER}`, labelled("text/plain")],
  ["rubbish in the place of [DONE]", `${SAID}${STOP}${USAGE}data: [done]\n\n`],
  [
    "one chunk a line (Ollama)",
    [SAID, STOP, USAGE].join("").replaceAll("data: ", "").replaceAll("\n\n", "\n"),
    labelled("application/x-ndjson"),
  ],
  ["the text of older completions", event({ choices: [{ index: 0, text: "Whole", finish_reason: "stop" }] }) + USAGE],
  ["JSON without a finish_reason", JSON.stringify(whole({ content: "Whole" }, null))],
  ...COMPRESSED.flatMap(([encoding, compress]): [string, Buffer, Sending][] => [
    [
      `a stream in ${encoding} that nobody asked for`,
      compress(SAID + STOP + USAGE + DONE),
      { headers: { "content-encoding": encoding } },
    ],
    [
      `JSON in ${encoding} that nobody asked for`,
      compress(JSON_ANSWER),
      { headers: { "content-type": "application/json", "content-encoding": encoding } },
    ],
  ]),
];

describe("an answer is whole, whether it was asked for as one or as a stream:", () => {
  it.each(WHOLE)("%s", async (_, body, sending = {}) => {
    const calls = await callsOf(gateway, sent(body, sending));
    const [run, streamed, complete, chunks] = await Promise.all([
      calls.run(),
      calls.stream(),
      calls.complete(),
      calls.chunks(),
    ]);
    for (const call of [run, streamed.call])
      expect(call).toMatchObject({
        status: "SUCCEEDED",
        content: "Whole",
        finishReason: "stop",
        usage: { promptTokens: 12, completionTokens: 6, source: "REPORTED" },
        attempts: [{ status: "SUCCEEDED" }],
      });
    expect(addedUpEvents(streamed.events).content).toBe("Whole");
    expect(complete).toMatchObject({ choices: [{ message: { content: "Whole" }, finish_reason: "stop" }] });
    expect(chunks.error).toBeNull();
    expect(addedUp(chunks.chunks)).toMatchObject({ content: "Whole", finishReason: "stop" });
    expect(await calls.team.credits()).toMatchObject({ used: 4, held: 0 });
  });
});

describe("an answer is not whole", () => {
  it.each<[string, string, Sending?]>([
    ["a cut after half of it", SAID, { connection: "is cut" }],
    ["an end after half of it", SAID],
    [
      "a reset in the middle of a chunk",
      `${SAID}data: {"choices":[{"index":0,"delta":{},"finish_re`,
      { connection: "is cut" },
    ],
  ])("after %s", async (_, body, sending = {}) => {
    const calls = await callsOf(gateway, sent(body, sending));
    for (const call of [await calls.run(), (await calls.stream()).call]) {
      expect(call).toMatchObject({ status: "FAILED", content: "Whole", error: { code: "UPSTREAM_FAILED" } });
      expect(call.attempts).toMatchObject([{ errorKind: "truncated", usage: { source: "ESTIMATED" } }]);
    }
    expect(await calls.team.credits()).toMatchObject({ used: 0, held: 0 });
  });
});
