import { describe, expect, it } from "vitest";
import { isBelowNode22, OPENAI_CLIENTS, responsesOf } from "../../../kit/clients/responses.js";
import { useGateway } from "../../../kit/gateway/gateway.js";

const gateway = useGateway();
const { clientOf, teamWith } = responsesOf(gateway);

const TEXTS = ["a tollgate", "a bridge", "a tollgate"];

const lengthOf = (vector: readonly number[]): number => Math.hypot(...vector);

describe.each(OPENAI_CLIENTS)("$version", ({ module, isSkipped }) => {
  describe.skipIf(isSkipped)("speaks with /v1", () => {
    it("about embeddings, in base64 as it asks by itself, and in digits, equal to the bit", async () => {
      const { team, model } = await teamWith();
      const openai = await clientOf(module, team.secret);
      const packed = await openai.embeddings.create({ model, input: TEXTS });
      const plain = await openai.embeddings.create({ model, input: TEXTS, encoding_format: "float" });
      const vectors = packed.data.map(({ embedding }) => Float32Array.from(embedding));
      expect(vectors).toEqual(plain.data.map(({ embedding }) => Float32Array.from(embedding)));
      expect(vectors[0]).toEqual(vectors[2]);
      expect(vectors[0]).not.toEqual(vectors[1]);
      expect(packed.data.map(({ index }) => index)).toEqual([0, 1, 2]);
      for (const vector of vectors) expect(lengthOf([...vector])).toBeCloseTo(1, 5);
      expect(packed).toMatchObject({ object: "list", usage: plain.usage });
      expect(packed.usage.prompt_tokens).toBeGreaterThan(3);
      expect(packed.usage.total_tokens).toBe(packed.usage.prompt_tokens);
    });

    it("about as many dimensions as it asks for, and 2,048 texts at once", async () => {
      const { team, model } = await teamWith();
      const openai = await clientOf(module, team.secret);
      const input = Array.from({ length: 2_048 }, (_, index) => `Text ${index}`);
      const { data } = await openai.embeddings.create({ model, input, dimensions: 256 });
      expect(data).toHaveLength(2_048);
      expect(new Set(data.map(({ embedding }) => embedding.length))).toEqual(new Set([256]));
      const one = await openai.embeddings.create({ model, input: "Text 2047", dimensions: 256 });
      expect(one.data[0]?.embedding).toEqual(data[2_047]?.embedding);
    });

    it("about tokens, completions and moderations", async () => {
      const { team, model } = await teamWith();
      const openai = await clientOf(module, team.secret);
      const tokens = await openai.embeddings.create({ model, input: [[1, 2, 3], [4]] });
      expect(tokens.usage.prompt_tokens).toBe(4);
      const { choices, usage } = await openai.completions.create({
        model,
        prompt: "What is a tollgate?",
        max_tokens: 5,
      });
      expect(choices).toMatchObject([{ index: 0, finish_reason: "length" }]);
      expect(usage).toMatchObject({ completion_tokens: 5 });
      const { results } = await openai.moderations.create({ model, input: ["be kind", "be gentle"] });
      expect(results.map(({ flagged }) => flagged)).toEqual([false, false]);
      const { jobs } = await team.client.data(
        "{ jobs { nodes { status costs { totalTokens } llmCalls { nodes { kind status content finishReason usage { source } } } } } }",
      );
      const calls = jobs.nodes.flatMap((job: { llmCalls: { nodes: object[] } }) => job.llmCalls.nodes);
      expect(calls).toMatchObject([
        { kind: "MODERATION", status: "SUCCEEDED", content: null },
        { kind: "COMPLETION", status: "SUCCEEDED", content: choices[0]?.text, finishReason: "length" },
        { kind: "EMBEDDING", status: "SUCCEEDED", content: null, usage: { source: "REPORTED" } },
      ]);
    });
  });
});

const AI_SDKS = [
  { version: "ai 6", imports: () => Promise.all([import("ai"), import("@ai-sdk/openai")]), isSkipped: false },
  {
    version: "ai 7, which needs Node 22",
    imports: () => Promise.all([import("ai-7"), import("ai-sdk-openai-4")]),
    isSkipped: isBelowNode22,
  },
] as const;

describe.each(AI_SDKS)("$version", ({ imports, isSkipped }) => {
  it.skipIf(isSkipped)("embeds one text and many", async () => {
    const [sdk, provider] = await imports();
    const { embed, embedMany } = sdk as typeof import("ai");
    const { createOpenAI } = provider as unknown as typeof import("@ai-sdk/openai");
    const { team, model } = await teamWith();
    const openai = createOpenAI({ apiKey: team.secret, baseURL: `${gateway.url}/v1` });
    const one = await embed({ model: openai.embedding(model), value: "a bridge" });
    const many = await embedMany({ model: openai.embedding(model), values: TEXTS });
    expect(many.embeddings[1]).toEqual(one.embedding);
    expect(many.usage.tokens).toBeGreaterThan(one.usage.tokens);
  });
});

it("LangChain's OpenAIEmbeddings embed documents and a query", async () => {
  const { OpenAIEmbeddings } = await import("@langchain/openai");
  const { team, model } = await teamWith();
  const embeddings = new OpenAIEmbeddings({
    apiKey: team.secret,
    model,
    dimensions: 128,
    configuration: { baseURL: `${gateway.url}/v1` },
  });
  const documents = await embeddings.embedDocuments(TEXTS);
  expect(documents).toHaveLength(3);
  expect(await embeddings.embedQuery("a bridge")).toEqual(documents[1]);
  expect(documents[1]).toHaveLength(128);
});
