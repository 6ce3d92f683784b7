import { describe, expect, it } from "vitest";
import { z } from "zod";
import { isBelowNode22, responsesOf } from "../../../kit/clients/responses.js";
import { useGateway } from "../../../kit/gateway/gateway.js";

// Its warnings of what is deprecated would hide the results.
Object.assign(globalThis, { AI_SDK_LOG_WARNINGS: false });

const gateway = useGateway();
const { teamWith } = responsesOf(gateway);

const WEATHER = "It is 21 degrees in Paris.";
/** A 1 x 1 PNG. */
const PIXEL = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

const AI_SDKS = [
  {
    version: "ai 6 with @ai-sdk/openai 3",
    imports: () => Promise.all([import("ai"), import("@ai-sdk/openai")]),
    isSkipped: false,
  },
  {
    version: "ai 7 with @ai-sdk/openai 4, which need Node 22",
    imports: () => Promise.all([import("ai-7"), import("ai-sdk-openai-4")]),
    isSkipped: isBelowNode22,
  },
] as const;

type Imports = [typeof import("ai"), typeof import("@ai-sdk/openai")];

describe.each(AI_SDKS)("$version", ({ imports, isSkipped }) => {
  describe.skipIf(isSkipped)("uses /v1/responses by default", () => {
    const load = async () => {
      const [sdk, { createOpenAI }] = (await imports()) as unknown as Imports;
      const { team, model } = await teamWith();
      const openai = createOpenAI({ apiKey: team.secret, baseURL: `${gateway.url}/v1` });
      return { ...sdk, openai, model: openai(model), team };
    };

    it("for text, plain and streamed", async () => {
      const { generateText, streamText, model } = await load();
      const whole = await generateText({ model, system: "Be brief.", prompt: "What is a tollgate?" });
      const { text, textStream, usage, finishReason } = streamText({
        model,
        system: "Be brief.",
        prompt: "What is a tollgate?",
      });
      let streamed = "";
      for await (const piece of textStream) streamed += piece;
      expect(whole.text.length).toBeGreaterThan(20);
      expect(streamed).toBe(whole.text);
      expect(await text).toBe(whole.text);
      expect((await usage).outputTokens).toBe(whole.usage.outputTokens);
      expect([await finishReason, whole.finishReason]).toEqual(["stop", "stop"]);
    });

    it.each([
      ["from what is kept", true],
      ["with nothing kept", false],
    ])("for a loop with a tool, %s", async (_how, store) => {
      const { generateText, streamText, tool, stepCountIs, isStepCount, model } = (await load()) as Awaited<
        ReturnType<typeof load>
      > & { isStepCount?: typeof import("ai").stepCountIs };
      const asked: string[] = [];
      const getWeather = tool({
        description: "The weather in a city.",
        inputSchema: z.object({ city: z.string() }),
        execute: async ({ city }) => {
          asked.push(city);
          return WEATHER;
        },
      });
      const options = {
        model,
        prompt: "What is the weather in Paris?",
        tools: { getWeather },
        stopWhen: (stepCountIs ?? isStepCount)(5),
        providerOptions: { openai: { store } },
      };
      const whole = await generateText(options);
      expect(whole.text).toContain(WEATHER);
      expect(whole.steps).toHaveLength(2);
      const streamed = streamText(options);
      let text = "";
      for await (const piece of streamed.textStream) text += piece;
      expect(text).toContain(WEATHER);
      expect(await streamed.steps).toHaveLength(2);
      expect(asked).toHaveLength(2);
    });

    it("for structured output", async () => {
      const { generateObject, model } = await load();
      const schema = z.object({ name: z.string(), gates: z.number().int() });
      const { object } = await generateObject({ model, schema, prompt: "Describe a tollgate." });
      expect(schema.parse(object)).toEqual(object);
    });

    it("for images and files", async () => {
      const { generateText, model } = await load();
      const content = [
        { type: "text" as const, text: "What is in it?" },
        { type: "image" as const, image: Buffer.from(PIXEL, "base64") },
        { type: "image" as const, image: new URL("https://example.com/a.png") },
        { type: "file" as const, mediaType: "application/pdf", filename: "a.pdf", data: Buffer.from("%PDF-1.4") },
      ];
      const { text } = await generateText({ model, messages: [{ role: "user", content }] });
      expect(text.length).toBeGreaterThan(20);
    });

    it("and gets errors of its own class", async () => {
      const { generateText, openai, APICallError } = await load();
      const refused = await generateText({ model: openai("nope"), prompt: "Hi", maxRetries: 0 }).catch(
        (error) => error,
      );
      expect(APICallError.isInstance(refused)).toBe(true);
      expect(refused).toMatchObject({ statusCode: 404, message: expect.stringContaining("nope") });
    });
  });
});

describe.skipIf(isBelowNode22)("@openai/agents, which needs Node 22", () => {
  const load = async (withTool = true) => {
    const sdk = await import("@openai/agents");
    const { default: OpenAI } = await import("openai-7");
    sdk.setTracingDisabled(true);
    const { team, model } = await teamWith();
    const client = new OpenAI({ apiKey: team.secret, baseURL: `${gateway.url}/v1` });
    const getWeather = sdk.tool({
      name: "get_weather",
      description: "The weather in a city.",
      parameters: z.object({ city: z.string() }),
      execute: async () => WEATHER,
    });
    const agent = new sdk.Agent({
      name: "Guide",
      instructions: "Be brief.",
      model: new sdk.OpenAIResponsesModel(client as never, model),
      ...(withTool && { tools: [getWeather] }),
    });
    return { ...sdk, agent, team };
  };
  const QUESTION = "What is the weather in Paris?";

  it("runs a loop with a tool, plain and streamed", async () => {
    const { run, agent } = await load();
    const whole = await run(agent, QUESTION);
    expect(whole.finalOutput).toContain(WEATHER);
    const streamed = await run(agent, QUESTION, { stream: true });
    let text = "";
    for await (const piece of streamed.toTextStream()) text += piece;
    await streamed.completed;
    expect(text).toContain(WEATHER);
    expect(streamed.finalOutput).toContain(WEATHER);
    expect(streamed.rawResponses).toHaveLength(2);
  });

  it("goes on from the response before, and from its own history", async () => {
    const { run, agent } = await load();
    const first = await run(agent, QUESTION);
    const previousResponseId = first.lastResponseId ?? "";
    expect(previousResponseId).toMatch(/^resp_/);
    const second = await run(agent, "Thank you.", { previousResponseId });
    expect(String(second.finalOutput).length).toBeGreaterThan(5);
    const third = await run(agent, [...first.history, { role: "user", content: "And in general?" }]);
    expect(String(third.finalOutput).length).toBeGreaterThan(5);
  });
});
