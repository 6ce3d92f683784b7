import { describe, expect, it } from "vitest";
import { ANTHROPIC_CLIENTS, anthropicOf } from "../../kit/clients/anthropic.js";
import { useGateway } from "../../kit/gateway/gateway.js";
import type { Behaviour } from "../../kit/upstream/upstream-behaviours.js";

const gateway = useGateway({ upstream: "scripted" });

/** An answer with a tool call whose arguments come in these pieces, and another call after it. */
const calling =
  (pieces: readonly string[]): Behaviour =>
  ({ response }) => {
    const send = (chunk: object) => void response.write(`data: ${JSON.stringify(chunk)}\n\n`);
    const call = (index: number, text: string, more: object = {}) => ({
      choices: [{ index: 0, delta: { tool_calls: [{ index, ...more, function: { name: "look", arguments: text } }] } }],
    });
    response.writeHead(200, { "content-type": "text/event-stream" });
    for (const piece of pieces) send(call(0, piece, { id: "one" }));
    send(call(1, '{"at": "gate"}', { id: "two" }));
    send({ choices: [{ index: 0, delta: {}, finish_reason: "tool_calls" }] });
    response.end("data: [DONE]\n\n");
  };

describe.each(ANTHROPIC_CLIENTS)("$title", ({ load, isSkipped }) => {
  const { teamWith } = anthropicOf(gateway, load);
  describe.skipIf(isSkipped)("gets an object, streamed and plain, if a model writes as the input of a tool", () => {
    it.each([
      [["null"], { INVALID_JSON: "null" }],
      [["[", "1]"], { INVALID_JSON: "[1]" }],
      [['"te', 'xt"'], { INVALID_JSON: '"text"' }],
      [["look ", "there"], { INVALID_JSON: "look there" }],
      [[" ", ""], {}],
      [[' {"a"', ": 1}"], { a: 1 }],
    ])("%j", async (pieces, input) => {
      const { anthropic, ask } = await teamWith(calling(pieces));
      const content = [
        { type: "tool_use", id: "one", name: "look", input },
        { type: "tool_use", id: "two", name: "look", input: { at: "gate" } },
      ];
      expect(await anthropic.messages.create(ask)).toMatchObject({ content, stop_reason: "tool_use" });
      const streamed = await anthropic.messages.stream(ask).finalMessage();
      expect(streamed).toMatchObject({ content, stop_reason: "tool_use" });
    });
  });
});
