import { describe, expect, it } from "vitest";
import { openAiOf } from "../../../kit/clients/openai.js";
import { useGateway } from "../../../kit/gateway/gateway.js";
import { packed } from "../../../kit/upstream/json-answers.js";
import { sent } from "../../../kit/upstream/upstream-answers.js";

const gateway = useGateway({ upstream: "scripted" });
const { teamWith } = openAiOf(gateway);

const CALLS = `{ llmCalls { nodes { status error { code } usage { promptTokens completionTokens source }
  attempts { failureKind } } } }`;
const EMBED = `mutation ($input: EmbedInput!) { embed(input: $input) { call { status error { code } } embeddings { index vector } } }`;

const USAGE = { prompt_tokens: 8, total_tokens: 8 };

/** Vectors as the upstream writes them, which may be anything. */
const listed = (...data: readonly object[]) => sent(JSON.stringify({ object: "list", data, usage: USAGE }));
const written = (...embeddings: readonly unknown[]) =>
  listed(...embeddings.map((embedding, index) => ({ object: "embedding", index, embedding })));

/** Answers to two texts that are no two vectors. */
const FAULTY = {
  "too few": written([1, 2]),
  "too many": written([1, 2], [3, 4], [5, 6]),
  none: written(),
  "only the second": listed({ index: 1, embedding: [1, 2] }),
  "one of them twice": listed(
    { index: 1, embedding: [1, 2] },
    { index: 1, embedding: [3, 4] },
    { index: 0, embedding: [5, 6] },
  ),
  "of different lengths": written([1, 2], [1, 2, 3]),
  "of different lengths, in base64": written(packed([1, 2]), packed([1])),
  "without a number": written([], []),
  "with a text among the numbers": written([1, 2], [1, "2"]),
  "with null among the numbers": written([1, 2], [1, null]),
  "with a number that is too large": sent('{"data":[{"index":0,"embedding":[1]},{"index":1,"embedding":[1e999]}]}'),
  "with NaN, as Python writes it": sent('{"data":[{"index":0,"embedding":[1]},{"index":1,"embedding":[NaN]}]}'),
  "with NaN in base64": written(packed([1]), packed([Number.NaN])),
  "of whose numbers one is cut, in base64": written(packed([1, 2]), Buffer.alloc(7).toString("base64")),
  "that are null": written(null, null),
  "that are no list": sent('{"data":{"0":[1]}}'),
} as const;

describe.each(Object.entries(FAULTY))("vectors: %s", (_, behaviour) => {
  it("are refused to the client, and paid for as the upstream says", async () => {
    const { team, openai, chat } = await teamWith(behaviour);
    const asked = openai.embeddings.create({ model: chat.model, input: ["a", "b"], encoding_format: "float" });
    await expect(asked).rejects.toMatchObject({ status: 502, code: "upstream_failed" });
    const { embed } = await team.client.data(EMBED, { input: { modelGroup: chat.model, texts: ["a", "b"] } });
    expect(embed).toEqual({ call: { status: "FAILED", error: { code: "UPSTREAM_FAILED" } }, embeddings: null });
    const { llmCalls } = await team.client.data(CALLS);
    for (const { attempts, usage } of llmCalls.nodes) {
      expect(attempts).toEqual([{ failureKind: "MALFORMED" }]);
      expect(["REPORTED", "UNKNOWN"]).toContain(usage.source);
      expect(usage.promptTokens).toBe(usage.source === "REPORTED" ? 8 : 0);
    }
  });
});

describe("vectors that only look strange", () => {
  it.each([
    ["in another order", listed({ index: 1, embedding: [3, 4] }, { index: 0, embedding: [1, 2] })],
    ["counted from 1", listed({ index: 1, embedding: [1, 2] }, { index: 2, embedding: [3, 4] })],
    ["all with the same index", listed({ index: 0, embedding: [1, 2] }, { index: 0, embedding: [3, 4] })],
    ["without an index", listed({ embedding: [1, 2] }, { embedding: [3, 4] })],
    ["one packed, one not", written(packed([1, 2]), [3, 4])],
  ])("are those of their texts: %s", async (_, behaviour) => {
    const { openai, chat } = await teamWith(behaviour);
    const { data } = await openai.embeddings.create({ model: chat.model, input: ["a", "b"], encoding_format: "float" });
    expect(data.map(({ index, embedding }) => [index, embedding])).toEqual([
      [0, [1, 2]],
      [1, [3, 4]],
    ]);
  });

  it.each([
    ["one text", "a"],
    ["the tokens of one text", [1, 2, 3]],
    ["a list of the tokens of one text", [[1, 2, 3]]],
  ])("are one for %s", async (_, input) => {
    const { openai, chat } = await teamWith(written([1, 2]));
    const { data } = await openai.embeddings.create({ model: chat.model, input });
    expect(data).toHaveLength(1);
  });
});

describe("the usage of an answer that is no chat", () => {
  it.each([
    ["Voyage's total alone", { total_tokens: 7 }, 7],
    ["a completion of null", { prompt_tokens: 7, completion_tokens: null, total_tokens: 7 }, 7],
    ["no prompt, as null", { prompt_tokens: null, total_tokens: 7 }, 7],
  ])("is read: %s", async (_, usage, promptTokens) => {
    const { team, openai, chat } = await teamWith(
      sent(JSON.stringify({ data: [{ index: 0, embedding: [1] }], usage })),
    );
    await openai.embeddings.create({ model: chat.model, input: "a" });
    const { llmCalls } = await team.client.data(CALLS);
    expect(llmCalls.nodes[0].usage).toEqual({ promptTokens, completionTokens: 0, source: "REPORTED" });
  });

  it("has the cost that OpenRouter tells in it", async () => {
    const usage = { prompt_tokens: 6, total_tokens: 6, cost: 0.00000012 };
    const { openai, chat } = await teamWith(sent(JSON.stringify({ data: [{ index: 0, embedding: [1] }], usage })));
    const { response } = await openai.embeddings.create({ model: chat.model, input: "a" }).withResponse();
    expect(response.headers.get("x-tollgate-cost-usd")).toBe("0.00000012");
  });

  it("is counted where a completion has text and its usage has none", async () => {
    const choices = [{ index: 0, text: "and they lived happily", finish_reason: "stop" }];
    const { team, openai, chat } = await teamWith(sent(JSON.stringify({ choices, usage: { prompt_tokens: 5 } })));
    await openai.completions.create({ model: chat.model, prompt: "Once" });
    const { llmCalls } = await team.client.data(CALLS);
    expect(llmCalls.nodes[0].usage).toEqual({ promptTokens: 5, completionTokens: 4, source: "ESTIMATED" });
  });
});
