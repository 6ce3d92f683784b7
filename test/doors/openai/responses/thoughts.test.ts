import { describe, expect, it } from "vitest";
import { responsesOf } from "../../../kit/clients/responses.js";
import { useGateway } from "../../../kit/gateway/gateway.js";
import { chunk, DONE, eventsOf, sent, whole } from "../../../kit/upstream/upstream-answers.js";
import { garbage } from "../../../kit/upstream/upstream-behaviours.js";

const gateway = useGateway({ upstream: "scripted" });
const { teamWith, askedOf } = responsesOf(gateway);

const BLOCKS = [
  { type: "thinking", thinking: "Hm.", signature: "c2ln" },
  { type: "redacted_thinking", data: "eHg=" },
];
const CALL = { id: "call_1", type: "function", function: { name: "look", arguments: "{}" } };
const message = {
  role: "assistant",
  content: null,
  reasoning_content: "Hm.",
  thinking_blocks: BLOCKS,
  tool_calls: [CALL],
};
const ANSWER = garbage(
  JSON.stringify({
    id: "x",
    object: "chat.completion",
    choices: [{ index: 0, finish_reason: "tool_calls", message }],
    usage: { prompt_tokens: 3, completion_tokens: 1, total_tokens: 4 },
  }),
);
const tools = [{ type: "function" as const, name: "look", parameters: {}, strict: false }];
const result = { type: "function_call_output" as const, call_id: "call_1", output: "gate" };
const EXPECTED = [
  { role: "user", content: "Look." },
  { role: "assistant", content: null, reasoning_content: "Hm.", thinking_blocks: BLOCKS, tool_calls: [CALL] },
  { role: "tool", tool_call_id: "call_1", content: "gate" },
];

describe("What an upstream wants back of its thoughts", () => {
  it("goes through the client, sealed, if the client asks for it", async () => {
    const { model, upstreamModel, openai } = await teamWith(ANSWER);
    const include = ["reasoning.encrypted_content" as const];
    const asked = { model, tools, store: false, include };
    const { output } = await openai.responses.create({ ...asked, input: "Look." });
    expect(output).toMatchObject([{ type: "reasoning", encrypted_content: expect.any(String) }, { call_id: "call_1" }]);
    await openai.responses.create({
      ...asked,
      input: [{ role: "user", content: "Look." }, ...(output as never[]), result],
    });
    expect(askedOf(upstreamModel).messages).toEqual(EXPECTED);
  });

  it("goes through the client also if it comes after the text, and keeps its place in the turn", async () => {
    const detail = { type: "reasoning.encrypted", data: "eHg=" };
    const { model, upstreamModel, openai } = await teamWith(
      sent(
        eventsOf(
          chunk({ reasoning_content: "Hm." }),
          chunk({ content: "I look." }),
          chunk({ reasoning_details: [detail] }),
          chunk({ tool_calls: [{ index: 0, ...CALL }] }, "tool_calls"),
        ) + DONE,
      ),
    );
    const asked = { model, tools, store: false, include: ["reasoning.encrypted_content" as const] };
    const items: unknown[] = [];
    for await (const event of await openai.responses.create({ ...asked, input: "Look.", stream: true }))
      if (event.type === "response.output_item.done") items.push(event.item);
    expect(items).toMatchObject([{ type: "reasoning" }, { type: "message" }, { type: "reasoning" }, { name: "look" }]);
    await openai.responses.create({
      ...asked,
      input: [{ role: "user", content: "Look." }, ...(items as never[]), result],
    });
    expect(askedOf(upstreamModel).messages[1]).toEqual({
      role: "assistant",
      content: "I look.",
      reasoning_content: "Hm.",
      reasoning_details: [detail],
      tool_calls: [CALL],
    });
  });

  it("is kept for the next request also if the model shows nothing of it", async () => {
    const { reasoning_content: _, ...silent } = message;
    const { model, upstreamModel, openai } = await teamWith(sent(JSON.stringify(whole(silent, "tool_calls"))));
    const first = await openai.responses.create({ model, tools, input: "Look." });
    await openai.responses.create({ model, tools, previous_response_id: first.id, input: [result] });
    expect(askedOf(upstreamModel).messages[1]).toMatchObject({ thinking_blocks: BLOCKS, tool_calls: [CALL] });
  });

  it("is not told to a client that does not, and is kept for the next request", async () => {
    const { model, upstreamModel, openai } = await teamWith(ANSWER);
    const first = await openai.responses.create({ model, tools, input: "Look." });
    expect(first.output[0]).toEqual({
      id: expect.any(String),
      type: "reasoning",
      summary: [{ type: "summary_text", text: "Hm." }],
    });
    await openai.responses.create({ model, tools, previous_response_id: first.id, input: [result] });
    expect(askedOf(upstreamModel).messages).toEqual(EXPECTED);
  });
});
