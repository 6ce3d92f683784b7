import { describe, expect, it } from "vitest";
import { z } from "zod";
import { ANTHROPIC_CLIENTS, anthropicOf, MAX_TOKENS } from "../../kit/clients/anthropic.js";
import { useGateway } from "../../kit/gateway/gateway.js";

const gateway = useGateway();

/** Node's major version. The newest clients need 22. */
const NODE = Number(process.versions.node.split(".")[0]);

const PROMPT = "Please look up the toll of the northern gate.";
const INPUT_SCHEMA = {
  type: "object" as const,
  properties: { gate: { type: "string" } },
  required: ["gate"],
  additionalProperties: false,
};

describe.each(ANTHROPIC_CLIENTS)("an agent with $title", ({ isSkipped, load }) => {
  const { teamWith } = anthropicOf(gateway, load);

  it.skipIf(isSkipped).each([false, true])("uses tools until it has its answer, streamed: %s", async (isStreamed) => {
    const { team, anthropic } = await teamWith(undefined, {});
    const job = await team.job();
    const asked: unknown[] = [];
    const runner = anthropic.beta.messages.toolRunner(
      {
        model: team.modelGroup,
        max_tokens: MAX_TOKENS,
        messages: [{ role: "user", content: PROMPT }],
        stream: isStreamed,
        tools: [
          {
            name: "look_up_toll",
            description: "Looks up a toll.",
            input_schema: INPUT_SCHEMA,
            parse: (content: unknown) => content as { gate: string },
            run: async (input: { gate: string }) => {
              asked.push(input);
              return "Two coins.";
            },
          },
        ],
      } as never,
      { headers: { "X-Job-Id": job.id } },
    );
    const last = (await runner.runUntilDone()) as { stop_reason: string; content: { type: string; text?: string }[] };
    expect(asked).toEqual([{ gate: expect.any(String) }]);
    expect(last).toMatchObject({ stop_reason: "end_turn", content: [{ type: "text" }] });
    expect(last.content[0]?.text).toContain("Two coins.");
    expect((await job.complete()).costs).toMatchObject({ totalCalls: 2, successfulCalls: 2, creditsRemaining: 9 });
  });
});

const AI_VERSIONS = [
  {
    title: "ai 6 with @ai-sdk/anthropic 3",
    isSkipped: false,
    load: async () => [await import("ai"), await import("@ai-sdk/anthropic")] as const,
  },
  {
    title: "ai 7 with @ai-sdk/anthropic 4, which need Node 22",
    isSkipped: NODE < 22,
    load: async () =>
      [await import("ai-7"), await import("ai-sdk-anthropic-4")] as unknown as readonly [
        typeof import("ai"),
        typeof import("@ai-sdk/anthropic"),
      ],
  },
];

describe.each(AI_VERSIONS)("$title", ({ isSkipped, load }) => {
  /** The library, and a model of a team of its own. */
  async function libraryWith() {
    const [ai, { createAnthropic }] = await load();
    const team = await gateway.world.team();
    const anthropic = createAnthropic({ apiKey: team.secret, baseURL: `${gateway.url}/v1` });
    return { ai, team, model: anthropic(team.modelGroup) };
  }

  it.skipIf(isSkipped)("generates text, whole and streamed", async () => {
    const { ai, model } = await libraryWith();
    const whole = await ai.generateText({ model, prompt: "What is a tollgate?" });
    expect(whole.text).not.toBe("");
    expect(whole.finishReason).toBe("stop");
    expect(whole.usage.outputTokens).toBeGreaterThan(0);
    const streamed = ai.streamText({ model, prompt: "What is a tollgate?" });
    const pieces: string[] = [];
    for await (const piece of streamed.textStream) pieces.push(piece);
    expect(pieces.join("")).toBe(whole.text);
    expect(await streamed.usage).toMatchObject({
      inputTokens: whole.usage.inputTokens,
      outputTokens: whole.usage.outputTokens,
    });
  });

  it.skipIf(isSkipped)("generates objects", async () => {
    const { ai, model } = await libraryWith();
    const schema = z.object({ gate: z.string(), coins: z.number() });
    const { object } = await ai.generateObject({ model, schema, prompt: "A toll." });
    expect(object).toEqual({ gate: expect.any(String), coins: expect.any(Number) });
  });

  it.skipIf(isSkipped).each(["generateText", "streamText"] as const)("uses tools by %s", async (way) => {
    const { ai, team, model } = await libraryWith();
    const job = await team.job();
    const asked: unknown[] = [];
    const look_up_toll = ai.tool({
      description: "Looks up a toll.",
      inputSchema: z.object({ gate: z.string() }),
      execute: async (input: { gate: string }) => {
        asked.push(input);
        return "Two coins.";
      },
    });
    const result = await ai[way]({
      model,
      prompt: PROMPT,
      tools: { look_up_toll },
      stopWhen: ai.stepCountIs(4),
      headers: { "X-Job-Id": job.id },
    });
    expect(await result.text).toContain("Two coins.");
    expect(asked).toEqual([{ gate: expect.any(String) }]);
    expect((await job.complete()).costs).toMatchObject({ totalCalls: 2, successfulCalls: 2 });
  });

  it.skipIf(isSkipped)("throws what the gateway says", async () => {
    const { ai, team } = await libraryWith();
    const [, { createAnthropic }] = await load();
    const anthropic = createAnthropic({ apiKey: team.secret, baseURL: `${gateway.url}/v1` });
    const asked = ai.generateText({ model: anthropic("Nope"), prompt: "Hi", maxRetries: 0 });
    await expect(asked).rejects.toMatchObject({ statusCode: 404, message: expect.stringContaining('"Nope"') });
  });
});
