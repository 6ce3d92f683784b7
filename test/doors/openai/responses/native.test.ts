import OpenAI from "openai";
import { describe, expect, it } from "vitest";
import {
  itemEvents,
  messageItem,
  outputText,
  response,
  responseEvents,
  textEvents,
} from "../../../kit/upstream/responses-answers.js";
import { sent } from "../../../kit/upstream/upstream-answers.js";
import { useTwoUpstreams } from "../../../kit/upstream/use-upstreams.js";
import { name } from "../../../kit/world.js";

const { gateway, east } = useTwoUpstreams({ east: { kind: "openai", api: "responses" } });

async function client() {
  const gpt = name("gpt");
  const team = await gateway.world.team({ models: [`east/${gpt}`] });
  return {
    gpt,
    team,
    model: team.modelGroup,
    openai: new OpenAI({ apiKey: team.secret, baseURL: `${gateway.url}/v1`, maxRetries: 0 }),
  };
}

const tool = {
  type: "function" as const,
  name: "look",
  parameters: { type: "object", properties: {}, required: [], additionalProperties: false },
  strict: true,
};

describe("OpenAI's responses in front of OpenAI's responses", () => {
  const summary = [{ type: "summary_text", text: "I must look." }];
  const thought = { type: "reasoning", id: "rs_1", summary, encrypted_content: "gAAA" };
  const call = { type: "function_call", id: "fc_1", call_id: "call_1", name: "look", arguments: "{}" };

  it("stream thoughts and tools, and send both back through previous_response_id", async () => {
    const { gpt, model, openai } = await client();
    const thinking = { type: "response.reasoning_summary_text.delta", summary_index: 0, delta: "I must look." };
    east.on(
      gpt,
      sent(
        responseEvents([
          ...itemEvents(0, { ...thought, summary: [], encrypted_content: null }, thought, thinking),
          ...itemEvents(1, { ...call, arguments: "" }, call, {
            type: "response.function_call_arguments.delta",
            delta: "{}",
          }),
        ]),
      ),
    );
    const reasoning = { effort: "low" as const, summary: "auto" as const };
    const asked = { model, tools: [tool], reasoning };
    const first = await openai.responses.stream({ ...asked, input: "Is it open?" }).finalResponse();
    expect(first.output).toMatchObject([
      { type: "reasoning", summary },
      { type: "function_call", call_id: "call_1", name: "look", arguments: "{}" },
    ]);
    expect(first.usage).toMatchObject({ input_tokens: 36, output_tokens: 87, total_tokens: 123 });
    east.on(gpt, sent(response([messageItem(outputText("It is open."))])));
    const output = { type: "function_call_output" as const, call_id: "call_1", output: "open" };
    const second = await openai.responses.create({ ...asked, previous_response_id: first.id, input: [output] });
    expect(second.output_text).toBe("It is open.");
    expect(east.requests.at(-1)).toMatchObject({
      path: "/v1/responses",
      body: { model: gpt, reasoning, store: false },
    });
    expect(east.requests.at(-1)?.body.input).toEqual([
      { type: "message", role: "user", content: [{ type: "input_text", text: "Is it open?" }] },
      { type: "reasoning", id: "rs_1", summary: [], encrypted_content: "gAAA" },
      { type: "function_call", call_id: "call_1", name: "look", arguments: "{}" },
      output,
    ]);
  });

  it("answer clients of chat completions too", async () => {
    const { gpt, model, openai } = await client();
    east.on(gpt, sent(responseEvents(textEvents(0, "Hi", "!"))));
    const chat = { model, messages: [{ role: "user" as const, content: "Hello" }] };
    const completion = await openai.chat.completions.stream(chat).finalChatCompletion();
    expect(completion.choices[0]).toMatchObject({ finish_reason: "stop", message: { content: "Hi!" } });
    expect(east.requests.at(-1)).toMatchObject({ path: "/v1/responses", body: { stream: true } });
  });
});
