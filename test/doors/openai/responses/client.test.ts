import { describe, expect, it } from "vitest";
import { OPENAI_CLIENTS, responsesOf } from "../../../kit/clients/responses.js";
import { useGateway } from "../../../kit/gateway/gateway.js";
import { answer } from "../../../kit/upstream/upstream-behaviours.js";

const gateway = useGateway({ upstream: "scripted" });
const { clientOf, teamWith, askedOf } = responsesOf(gateway);

describe.each(OPENAI_CLIENTS)("$version", ({ module, isSkipped }) => {
  describe.skipIf(isSkipped)("calls /v1/responses", () => {
    it("and gets a whole response", async () => {
      const { team, model, upstreamModel } = await teamWith();
      const openai = await clientOf(module, team.secret);
      const { data, response } = await openai.responses
        .create({ model, instructions: "Be brief.", input: "What is a tollgate?" })
        .withResponse();
      expect(data).toMatchObject({
        object: "response",
        status: "completed",
        model: upstreamModel,
        output_text: "This is a scripted answer.",
        error: null,
        incomplete_details: null,
        instructions: "Be brief.",
        usage: { input_tokens: 12, output_tokens: 6, total_tokens: 18, input_tokens_details: { cached_tokens: 0 } },
      });
      const callId = response.headers.get("x-tollgate-call-id");
      expect(data.id).toBe(`resp_${callId}`);
      expect(data.output).toMatchObject([{ id: `msg_${callId}`, type: "message", role: "assistant" }]);
      expect(response.headers.get("x-tollgate-credits-remaining")).toBe("9");
      expect(askedOf(upstreamModel).messages).toEqual([
        { role: "system", content: "Be brief." },
        { role: "user", content: "What is a tollgate?" },
      ]);
    });

    it("and gets a stream, which adds up to the same response", async () => {
      const { team, model } = await teamWith();
      const openai = await clientOf(module, team.secret);
      const stream = openai.responses.stream({ model, input: "What is a tollgate?" });
      const types: string[] = [];
      let text = "";
      for await (const event of stream) {
        if (types.at(-1) !== event.type) types.push(event.type);
        if (event.type === "response.output_text.delta") text += event.delta;
      }
      expect(text).toBe("This is a scripted answer.");
      expect(types).toEqual([
        "response.created",
        "response.in_progress",
        "response.output_item.added",
        "response.content_part.added",
        "response.output_text.delta",
        "response.output_text.done",
        "response.content_part.done",
        "response.output_item.done",
        "response.completed",
      ]);
      const final = await stream.finalResponse();
      expect(final).toMatchObject({ status: "completed", output_text: text, usage: { total_tokens: 18 } });
    });

    it("and calls tools, plain and streamed", async () => {
      const toolCalls = [
        { id: "call_1", name: "look", arguments: '{"at":"gate"}' },
        { id: "call_2", name: "look", arguments: '{"at":"road"}' },
      ];
      const { team, model, upstreamModel } = await teamWith(answer({ toolCalls }));
      const openai = await clientOf(module, team.secret);
      const parameters = { type: "object", properties: { at: { type: "string" } } };
      const tool = { type: "function" as const, name: "look", description: "Looks.", parameters, strict: false };
      const asked = { model, input: "Look.", tools: [tool], tool_choice: { type: "function" as const, name: "look" } };
      const whole = await openai.responses.create(asked);
      const expected = toolCalls.map(({ id, ...call }) => ({ type: "function_call", call_id: id, ...call }));
      expect(whole.output).toMatchObject(expected);
      expect(askedOf(upstreamModel)).toMatchObject({
        tools: [{ type: "function", function: { name: "look", description: "Looks.", parameters, strict: false } }],
        tool_choice: { type: "function", function: { name: "look" } },
      });
      const streamed = await openai.responses.stream(asked).finalResponse();
      expect(streamed.output).toMatchObject(expected);
      const ids = (response: typeof whole) => response.output.map((item) => item.id?.replace(response.id.slice(5), ""));
      expect(ids(streamed as typeof whole)).toEqual(ids(whole));
    });

    it("and parses structured output", async () => {
      const { team, model, upstreamModel } = await teamWith(answer({ content: '{"gates":2}' }));
      const openai = await clientOf(module, team.secret);
      const schema = { type: "object", properties: { gates: { type: "integer" } }, required: ["gates"] };
      const format = { type: "json_schema" as const, name: "count", schema, strict: true };
      const parsed = await openai.responses.parse({ model, input: "How many?", text: { format, verbosity: "low" } });
      expect(parsed.output_parsed).toEqual({ gates: 2 });
      expect(askedOf(upstreamModel)).toMatchObject({
        response_format: { type: "json_schema", json_schema: { name: "count", schema, strict: true } },
        verbosity: "low",
      });
    });
  });
});
