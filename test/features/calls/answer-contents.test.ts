import { describe, expect, it } from "vitest";
import { addedUp, addedUpEvents, callsOf, shownOf } from "../../kit/calls-of.js";
import { useGateway } from "../../kit/gateway/gateway.js";
import { type Chunk, chunk, DONE, eventsOf, sent, usageChunk, whole } from "../../kit/upstream/upstream-answers.js";

const gateway = useGateway({ upstream: "scripted" });

const streamOf = (...chunks: readonly Chunk[]) => sent(eventsOf(...chunks, chunk({}, "stop"), usageChunk()) + DONE);
const thinking = (text: string) => ({ type: "thinking", thinking: [{ type: "text", text }] });

describe("text and reasoning", () => {
  it.each<[string, Chunk[], object]>([
    [
      "DeepSeek, vLLM, LiteLLM",
      [chunk({ reasoning_content: "I th" }), chunk({ reasoning_content: "ink" }), chunk({ content: "Hi" })],
      { reasoning_content: "I think" },
    ],
    [
      "OpenRouter, Ollama, Groq",
      [chunk({ reasoning: "I th" }), chunk({ reasoning: "ink", content: "" }), chunk({ content: "Hi" })],
      { reasoning: "I think" },
    ],
    [
      "Mistral: in parts of the content",
      [
        chunk({ content: [thinking("I th")] }),
        chunk({ content: [thinking("ink"), { type: "text", text: "H" }] }),
        chunk({ content: [{ type: "text", text: "i" }] }),
      ],
      { reasoning_content: "I think" },
    ],
    [
      "Perplexity: message and delta",
      [
        {
          ...chunk({ content: "H", reasoning_content: "I think" }),
          choices: [
            {
              index: 0,
              delta: { content: "H", reasoning_content: "I think" },
              message: { content: "H" },
              finish_reason: null,
            },
          ],
        },
        chunk({ content: "i" }),
      ],
      { reasoning_content: "I think" },
    ],
    [
      "a message that grows, without a delta",
      [
        whole({ content: "H", reasoning_content: "I th" }, null),
        whole({ content: "Hi", reasoning_content: "I think" }, null),
      ],
      { reasoning_content: "I think" },
    ],
  ])("are told apart, live and stored: %s", async (_, chunks, fields) => {
    const { call, events, sum, complete, run } = await shownOf(gateway, streamOf(...chunks));
    for (const settled of [call, run])
      expect(settled).toMatchObject({ status: "SUCCEEDED", content: "Hi", reasoning: "I think" });
    expect(events).toMatchObject({ content: "Hi", reasoning: "I think" });
    expect(sum).toMatchObject({ content: "Hi", reasoning: "I think" });
    expect(complete.choices[0].message).toMatchObject({ content: "Hi", ...fields });
  });

  it("of a whole answer in parts are told apart too, and other parts are kept", async () => {
    const image = { type: "image_url", image_url: { url: "data:," } };
    const { complete, run } = await shownOf(
      gateway,
      sent(JSON.stringify(whole({ content: [thinking("I think"), { type: "text", text: "Hi" }, image] }))),
    );
    expect(complete.choices[0].message).toMatchObject({
      content: "Hi",
      reasoning_content: "I think",
      content_parts: [image],
    });
    expect(run).toMatchObject({
      content: "Hi",
      reasoning: "I think",
      extensions: { message: { content_parts: [image] } },
    });
  });

  it("of a failed model are not glued to those of the next one", async () => {
    const first = sent(eventsOf(chunk({ reasoning_content: "FIRST" })), { connection: "is cut" });
    const calls = await callsOf(
      gateway,
      first,
      streamOf(chunk({ reasoning_content: "SECOND" }), chunk({ content: "Hi" })),
    );
    const { events, call } = await calls.stream();
    expect(call).toMatchObject({ status: "SUCCEEDED", content: "Hi", reasoning: "SECOND" });
    expect(addedUpEvents(events)).toMatchObject({ content: "Hi", reasoning: "SECOND" });
    expect((await calls.complete()).choices[0].message).toMatchObject({ content: "Hi", reasoning_content: "SECOND" });
    const { chunks } = await calls.chunks();
    const again = chunks.findIndex((piece) => piece.replaces);
    expect(addedUp(chunks.slice(again))).toMatchObject({ content: "Hi", reasoning: "SECOND" });
  });

  it("keep an emoji whole that is cut in two, and half of one becomes U+FFFD in all places", async () => {
    const cut = [
      chunk({ reasoning_content: "\ud83d" }),
      chunk({ reasoning_content: "\ude00" }),
      chunk({ content: "a\ud83d" }),
      chunk({ content: "\ude00b\0" }),
      chunk({ content: "c\ud83d" }),
    ];
    const { call, events, chunks, sum, complete } = await shownOf(gateway, streamOf(...cut));
    const expected = { content: "a😀b\ufffdc\ufffd", reasoning: "😀" };
    expect(call).toMatchObject(expected);
    expect(events).toMatchObject(expected);
    expect(sum).toMatchObject(expected);
    expect(complete.choices[0].message.content).toBe(expected.content);
    for (const { choices } of chunks) expect((choices[0]?.delta.content ?? "").isWellFormed()).toBe(true);
  });
});
