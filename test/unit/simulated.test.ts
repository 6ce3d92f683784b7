import { describe, expect, it } from "vitest";
import { UpstreamError } from "../../src/upstream/failure/upstream-error.js";
import type { ChatRequest } from "../../src/upstream/provider.js";
import { countPromptTokens, countTextTokens } from "../../src/upstream/tokens.js";
import { askSimulated, question, simulatedModel } from "../kit/upstream/simulated-model.js";

describe("the simulated model", () => {
  it("says what it is", () => {
    expect(simulatedModel.name).toBe("simulated");
    expect(simulatedModel.description).toMatch(/simulated/);
  });

  it.each([
    ["How do I reset my password?", /Forgot password/],
    ["I didn't receive the reset email.", /spam/],
    ["I have not received the email", /spam/],
    ["Analyze this customer interaction and suggest improvements to our password reset process.", /\n1\. .*\n2\. /],
    ["What is a black hole?", /"a black hole"/],
    ["How can I bake bread?", /bake bread/],
    ["Hello!", /^Hello/],
    ["Summarise the report on tides", /report on tides/],
    ["Translate 'good morning' to French", /translat/],
    ["Write a Python function that sorts a list", /```/],
    ["The rain in Spain", /"The rain in Spain"/],
    ["", /Thank you/],
  ])("answers %j in words that fit", async (asked, expected) => {
    const { text, end } = await askSimulated(question(asked));
    expect(text).toMatch(expected);
    expect(text).toMatch(/[.?!]$/);
    expect(end.usage.completionTokens).toBeGreaterThanOrEqual(40);
    expect(end.usage.completionTokens).toBeLessThanOrEqual(130);
  });

  it("gives the same request the same answer", async () => {
    const options = { tools: [{ type: "function", function: { name: "look_up" } }], tool_choice: "required" };
    for (const request of [question("How do I reset my password?"), question("Hello", options)]) {
      expect((await askSimulated(request)).parts).toEqual((await askSimulated(request)).parts);
    }
  });

  it("reads a question in parts, and the last of several", async () => {
    const parts = [{ type: "text", text: "What is" }, { type: "image_url" }, { type: "text", text: "a fjord?" }];
    expect((await askSimulated(question(parts))).text).toContain('"a fjord"');
    const messages = [...question("Hello").messages, ...question("What is a dune?").messages];
    expect((await askSimulated({ model: "m", messages, options: {}, stream: true })).text).toContain('"a dune"');
  });

  it("repeats at most a few words of a long question", async () => {
    const { end } = await askSimulated(question(`the ${"very ".repeat(100_000)}end`));
    expect(end.usage.completionTokens).toBeLessThan(130);
  });

  it("answers token by token, with the tokenizer's counts as usage", async () => {
    const request = question("How do I reset my password?");
    const { texts, text, end } = await askSimulated(request);
    expect(texts).toHaveLength(await countTextTokens(text));
    expect(end).toEqual({
      type: "finish",
      finishReason: "stop",
      usage: {
        promptTokens: await countPromptTokens(request.messages),
        completionTokens: await countTextTokens(text),
      },
    });
  });
});

describe("it respects", () => {
  it.each(["max_tokens", "max_completion_tokens"])("%s", async (name) => {
    const { texts, end } = await askSimulated(question("Hello", { [name]: 5 }));
    expect(texts).toHaveLength(5);
    expect(end).toMatchObject({ finishReason: "length", usage: { completionTokens: 5 } });
  });

  it("a limit that the answer just reaches", async () => {
    const whole = await askSimulated(question("Hello"));
    const limited = await askSimulated(question("Hello", { max_tokens: whole.texts.length }));
    expect(limited.parts).toEqual(whole.parts);
  });

  it.each([["!"], [["?", "!"]]])("stop: %j", async (stop) => {
    const { text, end } = await askSimulated(question("Hello", { stop }));
    expect(text).toBe("Hello, and thank you for getting in touch");
    expect(end.finishReason).toBe("stop");
  });

  it("response_format json_object", async () => {
    const { text } = await askSimulated(question("Hello", { response_format: { type: "json_object" } }));
    expect(JSON.parse(text)).toEqual({ answer: expect.stringMatching(/^Hello/) });
  });

  it("response_format json_schema, with all that the schema requires", async () => {
    const schema = {
      type: "object",
      required: ["summary", "mood", "score", "steps", "origin", "next", "when", "sure", "nickname"],
      properties: {
        summary: { type: "string" },
        mood: { enum: ["calm", "angry"] },
        score: { type: "integer", minimum: 3, maximum: 5 },
        steps: { type: "array", minItems: 2, items: { $ref: "#/$defs/step" } },
        origin: { const: "test" },
        next: { anyOf: [{ type: "null" }, { type: "string" }] },
        when: { type: "string", format: "date" },
        sure: { type: ["boolean", "null"] },
        nickname: { type: "string", maxLength: 4 },
        optional: { type: "string" },
      },
      $defs: { step: { type: "object", required: ["title"], properties: { title: { type: "string" } } } },
    };
    const { text } = await askSimulated(
      question("Hello", { response_format: { type: "json_schema", json_schema: { schema } } }),
    );
    expect(JSON.parse(text)).toEqual({
      summary: expect.stringMatching(/^Hello/),
      mood: "calm",
      score: 3,
      steps: [{ title: "simulated title" }, { title: "simulated title" }],
      origin: "test",
      next: null,
      when: "2000-01-01",
      sure: true,
      nickname: "simu",
    });
  });

  it("a schema that refers to itself or to nothing, or is not a schema", async () => {
    const node = { type: "object", required: ["child"], properties: { child: { $ref: "#" } } };
    const twins = Object.fromEntries("abcdefghij".split("").map((name) => [name, { $ref: "#" }]));
    const bush = { type: "object", required: Object.keys(twins), properties: twins };
    for (const schema of [node, bush, { $ref: "#/$defs/gone" }, { $ref: "#" }, null, "x", { type: "nonsense" }]) {
      const { text } = await askSimulated(
        question("Hello", { response_format: { type: "json_schema", json_schema: { schema } } }),
      );
      expect(() => JSON.parse(text)).not.toThrow();
    }
  });

  const parameters = { type: "object", required: ["city"], properties: { city: { type: "string" } } };
  const tools = ["weather", "time"].map((name) => ({ type: "function", function: { name, parameters } }));

  it.each([
    ["required", "weather"],
    [{ type: "function", function: { name: "time" } }, "time"],
  ])("tool_choice %j", async (choice, name) => {
    const { calls, args, texts, end } = await askSimulated(question("Hello", { tools, tool_choice: choice }));
    expect(calls[0]).toMatchObject({ index: 0, name, id: expect.stringMatching(/^call_\w{24}$/) });
    expect(JSON.parse(args)).toEqual({ city: "simulated city" });
    expect(texts).toEqual([]);
    expect(end.finishReason).toBe("tool_calls");
    expect(end.usage.completionTokens).toBe((await countTextTokens(name)) + (await countTextTokens(args)));
  });

  it("the model's freedom to talk if it need not call a tool", async () => {
    for (const choice of [undefined, "auto", "none"]) {
      expect((await askSimulated(question("Hello", { tools, tool_choice: choice }))).text).toMatch(/^Hello/);
    }
  });

  it.each([
    ["What is the weather in Paris?", "weather"],
    ["Tell me the TIME!", "time"],
    ["Use set-alarm_clock for seven", "setAlarmClock"],
    ["Please set alarm clock and tell the weather", "setAlarmClock"],
    ["Weather and time", "weather"],
    ["Is there an alarm?", "setAlarmClock"],
  ])("the user's words %j under tool_choice auto", async (words, name) => {
    const all = [...tools, { type: "function", function: { name: "setAlarmClock", parameters } }];
    for (const choice of [undefined, "auto"]) {
      const { calls, args } = await askSimulated(question(words, { tools: all, tool_choice: choice }));
      expect(calls[0]).toMatchObject({ name });
      expect(JSON.parse(args)).toEqual({ city: "simulated city" });
    }
    expect((await askSimulated(question(words, { tools: all, tool_choice: "none" }))).calls).toEqual([]);
    expect((await askSimulated(question("Set it, sometimes", { tools: all }))).calls).toEqual([]);
  });

  it("a tool's result, by an answer in text", async () => {
    const asked = question("What is the weather?", { tools });
    const { calls, args } = await askSimulated(asked);
    const call = { id: calls[0]?.id, type: "function", function: { name: "weather", arguments: args } };
    const messages: ChatRequest["messages"] = [
      ...asked.messages,
      { role: "assistant", content: null, tool_calls: [call] },
      { role: "tool", tool_call_id: String(call.id), content: '{"celsius":21}' },
    ];
    const { text, end } = await askSimulated({ ...asked, messages });
    expect(text).toContain('{"celsius":21}');
    expect(end.finishReason).toBe("stop");
  });

  it("that a tool which does not exist cannot be called", async () => {
    const absent = { type: "function", function: { name: "absent" } };
    for (const options of [{ tool_choice: "required" }, { tools, tool_choice: absent }]) {
      const error = await askSimulated(question("Hello", options)).catch((reason: unknown) => reason);
      expect(error).toBeInstanceOf(UpstreamError);
      expect(error).toMatchObject({ kind: "invalid-request", status: 400 });
    }
  });
});
