import { describe, expect, it } from "vitest";
import { openAiCompatible } from "../../../src/upstream/openai/openai-compatible.js";
import type { JsonEndpoint, JsonRequest, Part } from "../../../src/upstream/provider.js";
import { failure, usageOf } from "../../kit/upstream/ask.js";
import { sent } from "../../kit/upstream/upstream-answers.js";
import { useProvider } from "../../kit/upstream/use-provider.js";

const asked = useProvider((url) => openAiCompatible({ url }));

async function ask(endpoint: JsonEndpoint, body: JsonRequest["body"], answer: object): Promise<Part[]> {
  asked.upstream.on("embed", sent(JSON.stringify(answer)));
  const parts: Part[] = [];
  const request = { model: "embed", endpoint, body, stream: false } as const;
  for await (const together of asked.provider.askJson?.(request, new AbortController().signal) ?? [])
    parts.push(...together);
  return parts;
}
const vector = (index: number, embedding: unknown = [0.5, 1]) => ({ object: "embedding", index, embedding });
const embed = (input: unknown, data: readonly object[], more: object = {}) =>
  ask("embeddings", { input }, { object: "list", data, ...more });

describe("an answer to a question that is no chat", () => {
  it.each([
    ["fewer vectors than texts", ["a", "b"], [vector(0)]],
    ["no vector", "a", []],
    ["more vectors than texts", ["a"], [vector(0), vector(1)]],
    ["two vectors of one place", ["a", "b", "c"], [vector(0), vector(0), vector(1)]],
    ["a place that no text has", ["a", "b"], [vector(0), vector(7)]],
    ["a vector that is nothing", "a", [vector(0, null)]],
    ["a vector of no numbers", "a", [vector(0, [])]],
    ["a vector of something else than numbers", "a", [vector(0, [0.5, null])]],
    ["a vector that is an object", "a", [vector(0, { "0": 0.5 })]],
    ["something that is no vector", "a", ["vector"]],
  ])("has not the vectors that were asked for, if it has %s", async (_, input, data) => {
    expect(await failure(embed(input, data as object[]))).toMatchObject({ kind: "malformed" });
  });

  it.each([
    ["one text", "a", [vector(0)]],
    ["one list of tokens", [1, 2, 3], [vector(0)]],
    ["lists of tokens", [[1], [2]], [vector(1), vector(0)]],
    ["texts, in base64", ["a", "b"], [vector(0, "AAAAAA=="), vector(1, "AAAAAA==")]],
    ["texts, all with one place, as some servers count", ["a", "b"], [vector(0), vector(0)]],
    ["texts, with a vector for each token", ["a", "b"], [vector(0, [[0], [1]]), vector(1, [[1]])]],
    ["texts, without places", ["a", "b"], [{ embedding: [0] }, { embedding: [1] }]],
  ])("has a vector for each of what was asked: %s", async (_, input, data) => {
    expect((await embed(input, data)).map(({ type }) => type)).toEqual(["usage", "result", "finish"]);
  });

  it("tells its cost, as OpenRouter does, or its tokens in all alone, as Voyage does", async () => {
    const usage = { prompt_tokens: 8, total_tokens: 8, cost: 0.00000016 };
    expect(usageOf(await embed("a", [vector(0)], { usage }))).toMatchObject({ costNanoUsd: 160n });
    expect(usageOf(await embed("a", [vector(0)], { usage: { total_tokens: 8 } }))).toEqual({
      usage: { promptTokens: 8, completionTokens: 0 },
    });
  });

  it("has no error in it that says nothing", async () => {
    for (const error of [null, "", {}, { code: 0, message: "" }])
      expect(await embed("a", [vector(0)], { error })).toHaveLength(3);
    expect(await failure(embed("a", [vector(0)], { error: "Out of memory" }))).toMatchObject({ kind: "unavailable" });
  });
});
