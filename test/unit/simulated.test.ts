import { describe, expect, it } from "vitest";
import { UpstreamError } from "../../src/upstream/failure/upstream-error.js";
import type { ChatRequest, Part } from "../../src/upstream/provider.js";
import { simulated } from "../../src/upstream/simulated/simulated.js";
import { countPromptTokens, countTextTokens } from "../../src/upstream/tokens.js";
import { usageOf } from "../kit/upstream/ask.js";

const never = new AbortController().signal;
const provider = simulated({ tokenMs: 0 });

function question(
  content: ChatRequest["messages"][number]["content"],
  options: ChatRequest["options"] = {},
): ChatRequest {
  const system = { role: "system" as const, content: "You are a helpful customer support assistant." };
  return { model: "gpt-4", messages: [system, { role: "user", content }], options, stream: true };
}

async function ask(request: ChatRequest, from = provider, signal = never) {
  const parts: Part[] = [];
  for await (const together of from.stream(request, signal)) parts.push(...together);
  const last = parts.at(-1);
  if (last?.type !== "finish") throw new Error("The answer has no end.");
  const { usage } = usageOf(parts);
  if (!usage || usage === "unusable") throw new Error("The answer has no usage.");
  const end = { ...last, usage };
  const texts = parts.flatMap((part) => (part.type === "text-delta" ? [part.content] : []));
  const calls = parts.filter((part) => part.type === "tool-call-delta");
  const args = calls.map((call) => call.arguments ?? "").join("");
  return { parts, end, texts, text: texts.join(""), calls, args };
}

describe("the simulated model", () => {
  it("says what it is", () => {
    expect(provider.name).toBe("simulated");
    expect(provider.description).toMatch(/simulated/);
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
    const { text, end } = await ask(question(asked));
    expect(text).toMatch(expected);
    expect(text).toMatch(/[.?!]$/);
    expect(end.usage.completionTokens).toBeGreaterThanOrEqual(40);
    expect(end.usage.completionTokens).toBeLessThanOrEqual(130);
  });

  it("gives the same request the same answer", async () => {
    const options = { tools: [{ type: "function", function: { name: "look_up" } }], tool_choice: "required" };
    for (const request of [question("How do I reset my password?"), question("Hello", options)]) {
      expect((await ask(request)).parts).toEqual((await ask(request)).parts);
    }
  });

  it("reads a question in parts, and the last of several", async () => {
    const parts = [{ type: "text", text: "What is" }, { type: "image_url" }, { type: "text", text: "a fjord?" }];
    expect((await ask(question(parts))).text).toContain('"a fjord"');
    const messages = [...question("Hello").messages, ...question("What is a dune?").messages];
    expect((await ask({ model: "m", messages, options: {}, stream: true })).text).toContain('"a dune"');
  });

  it("repeats at most a few words of a long question", async () => {
    const { end } = await ask(question(`the ${"very ".repeat(100_000)}end`));
    expect(end.usage.completionTokens).toBeLessThan(130);
  });

  it("answers token by token, with the tokenizer's counts as usage", async () => {
    const request = question("How do I reset my password?");
    const { texts, text, end } = await ask(request);
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
    const { texts, end } = await ask(question("Hello", { [name]: 5 }));
    expect(texts).toHaveLength(5);
    expect(end).toMatchObject({ finishReason: "length", usage: { completionTokens: 5 } });
  });

  it("a limit that the answer just reaches", async () => {
    const whole = await ask(question("Hello"));
    const limited = await ask(question("Hello", { max_tokens: whole.texts.length }));
    expect(limited.parts).toEqual(whole.parts);
  });

  it.each([["!"], [["?", "!"]]])("stop: %j", async (stop) => {
    const { text, end } = await ask(question("Hello", { stop }));
    expect(text).toBe("Hello, and thank you for getting in touch");
    expect(end.finishReason).toBe("stop");
  });

  it("response_format json_object", async () => {
    const { text } = await ask(question("Hello", { response_format: { type: "json_object" } }));
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
    const { text } = await ask(
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
      const { text } = await ask(
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
    const { calls, args, texts, end } = await ask(question("Hello", { tools, tool_choice: choice }));
    expect(calls[0]).toMatchObject({ index: 0, name, id: expect.stringMatching(/^call_\w{24}$/) });
    expect(JSON.parse(args)).toEqual({ city: "simulated city" });
    expect(texts).toEqual([]);
    expect(end.finishReason).toBe("tool_calls");
    expect(end.usage.completionTokens).toBe((await countTextTokens(name)) + (await countTextTokens(args)));
  });

  it("the model's freedom to talk if it need not call a tool", async () => {
    for (const choice of [undefined, "auto", "none"]) {
      expect((await ask(question("Hello", { tools, tool_choice: choice }))).text).toMatch(/^Hello/);
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
      const { calls, args } = await ask(question(words, { tools: all, tool_choice: choice }));
      expect(calls[0]).toMatchObject({ name });
      expect(JSON.parse(args)).toEqual({ city: "simulated city" });
    }
    expect((await ask(question(words, { tools: all, tool_choice: "none" }))).calls).toEqual([]);
    expect((await ask(question("Set it, sometimes", { tools: all }))).calls).toEqual([]);
  });

  it("a tool's result, by an answer in text", async () => {
    const asked = question("What is the weather?", { tools });
    const { calls, args } = await ask(asked);
    const call = { id: calls[0]?.id, type: "function", function: { name: "weather", arguments: args } };
    const messages: ChatRequest["messages"] = [
      ...asked.messages,
      { role: "assistant", content: null, tool_calls: [call] },
      { role: "tool", tool_call_id: String(call.id), content: '{"celsius":21}' },
    ];
    const { text, end } = await ask({ ...asked, messages });
    expect(text).toContain('{"celsius":21}');
    expect(end.finishReason).toBe("stop");
  });

  it("that a tool which does not exist cannot be called", async () => {
    const absent = { type: "function", function: { name: "absent" } };
    for (const options of [{ tool_choice: "required" }, { tools, tool_choice: absent }]) {
      const error = await ask(question("Hello", options)).catch((reason: unknown) => reason);
      expect(error).toBeInstanceOf(UpstreamError);
      expect(error).toMatchObject({ kind: "invalid-request", status: 400 });
    }
  });
});

describe("its pace", () => {
  it("is one token in so many milliseconds, on average", async () => {
    const start = performance.now();
    const { texts } = await ask(question("Hello", { max_tokens: 20 }), simulated({ tokenMs: 2 }));
    expect(texts).toHaveLength(20);
    // A wait below a millisecond is left out.
    expect(performance.now() - start).toBeGreaterThanOrEqual(20 * 2 - 2);
  });

  it("is without any wait at 0: not even a timer runs between two tokens", async () => {
    let fired = false;
    let timer: NodeJS.Timeout | undefined;
    const firedByToken: boolean[] = [];
    for await (const parts of simulated({ tokenMs: 0 }).stream(question("Hello"), never)) {
      if (!parts.some(({ type }) => type === "text-delta")) continue;
      timer ??= setTimeout(() => {
        fired = true;
      }, 0);
      firedByToken.push(fired);
    }
    clearTimeout(timer);
    expect(firedByToken.length).toBeGreaterThan(10);
    expect(firedByToken).not.toContain(true);
  });
});

describe("an abort", () => {
  it("ends a wait at once with the signal's reason", async () => {
    const controller = new AbortController();
    const reason = new Error("the client went away");
    const parts = simulated({ tokenMs: 3_600_000 })
      .stream(question("Hello"), controller.signal)
      [Symbol.asyncIterator]();
    const waiting = parts.next();
    controller.abort(reason);
    await expect(waiting).rejects.toBe(reason);
    expect((await parts.next()).done).toBe(true);
  });

  it("ends an answer without waits before its next token", async () => {
    const controller = new AbortController();
    const seen: (readonly Part[])[] = [];
    const reading = (async () => {
      for await (const parts of provider.stream(question("Hello"), controller.signal)) {
        seen.push(parts);
        if (seen.length === 3) controller.abort("enough");
      }
    })();
    await expect(reading).rejects.toBe("enough");
    expect(seen).toHaveLength(3);
  });

  it("that has happened already yields nothing", async () => {
    await expect(ask(question("Hello"), provider, AbortSignal.abort("too late"))).rejects.toBe("too late");
  });
});
