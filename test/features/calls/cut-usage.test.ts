import { describe, expect, it } from "vitest";
import { events, start, stop, text } from "../../kit/upstream/anthropic-answers.js";
import { sent } from "../../kit/upstream/upstream-answers.js";
import { useTwoUpstreams } from "../../kit/upstream/use-upstreams.js";
import { name } from "../../kit/world.js";

const CALL = `query ($id: ID!) { llmCall(id: $id) { status
  usage { promptTokens completionTokens cachedPromptTokens source } } }`;

const { gateway, west } = useTwoUpstreams({ west: { kind: "anthropic" } });

/** Makes a streamed call at a model that sends this, and returns what is told of it. */
async function callOf(body: string, connection: "ends" | "is cut" = "ends") {
  const model = name("claude");
  west.on(model, sent(body, { connection }));
  const job = await (await gateway.world.team({ models: [`west/${model}`] })).job();
  const seen = await gateway.socket(job.team.secret).stream(job.callInput()).rest();
  return (await job.team.client.data(CALL, { id: seen[0].callId })).llmCall;
}

/** Anthropic tells the first figures when it begins, with a token or two of the answer. */
const BEGUN = start({ input_tokens: 25, cache_read_input_tokens: 1_000, output_tokens: 2 });
const PIECES = Array.from({ length: 40 }, (_, index) => ` ${index} bottles of beer on the wall.`);

describe("the usage of an answer of Anthropic's", () => {
  it("is counted as far as the answer came, if it is cut, with the prompt that was reported", async () => {
    const { status, usage } = await callOf(events(BEGUN, ...text(0, ...PIECES).slice(0, -1)), "is cut");
    expect(status).toBe("FAILED");
    expect(usage).toMatchObject({ promptTokens: 1_025, cachedPromptTokens: 1_000, source: "ESTIMATED" });
    expect(usage.completionTokens).toBeGreaterThan(PIECES.length * 5);
  });

  it("is that of its end, if it comes to one", async () => {
    const { usage } = await callOf(events(BEGUN, ...text(0, ...PIECES), ...stop("end_turn", { output_tokens: 321 })));
    expect(usage).toMatchObject({ promptTokens: 1_025, completionTokens: 321, source: "REPORTED" });
  });

  it("keeps what was reported at its beginning, if a proxy sends zeros at its end", async () => {
    const last = { input_tokens: 0, cache_read_input_tokens: 0, output_tokens: 321 };
    const { usage } = await callOf(events(BEGUN, ...text(0, ...PIECES), ...stop("end_turn", last)));
    expect(usage).toEqual({
      promptTokens: 1_025,
      completionTokens: 321,
      cachedPromptTokens: 1_000,
      source: "REPORTED",
    });
  });

  it("is counted, if its end tells none", async () => {
    const { usage } = await callOf(events(BEGUN, ...text(0, ...PIECES), ...stop("end_turn", {})));
    expect(usage).toMatchObject({ promptTokens: 1_025, source: "ESTIMATED" });
    expect(usage.completionTokens).toBeGreaterThan(PIECES.length * 5);
  });
});
