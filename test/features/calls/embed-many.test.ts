import { describe, expect, it } from "vitest";
import { openAiOf } from "../../kit/clients/openai.js";
import { useGateway } from "../../kit/gateway/gateway.js";
import { packed, vectors } from "../../kit/upstream/json-answers.js";

const gateway = useGateway({ upstream: "scripted" });
const { teamWith } = openAiOf(gateway);

const embedding = (fields: string) =>
  `mutation ($input: EmbedInput!) { embed(input: $input) { call { status } embeddings { ${fields} } } }`;
const texts = (count: number): string[] => Array.from({ length: count }, (_, index) => `Text ${index}`);
/** Numbers that 4 bytes hold exactly, other ones for each text. */
const some = (count: number): number[][] => Array.from({ length: count }, (_, index) => [index / 1_024, 0.5]);

describe("embed of many texts", () => {
  it.each([
    ["by itself", "vector"],
    ["beside base64, in a fragment", "... on Embedding { base64 numbers: vector }"],
  ])("refuses to write the digits of more than 128 before it buys them, with vector %s", async (_, fields) => {
    const { team, chat, model } = await teamWith(vectors(some(129)));
    const input = { modelGroup: chat.model, texts: texts(129) };
    const refusal = await team.client.refusal("INVALID_INPUT", embedding(fields), { input });
    expect(refusal.message).toContain("at most 128");
    expect(refusal.message).toContain("base64");
    expect(refusal.message).toContain("/v1/embeddings");
    expect(gateway.upstream.requests.some(({ body }) => body.model === model)).toBe(false);
    expect(await team.credits()).toMatchObject({ used: 0, held: 0 });
  });

  it("has no base64 of a model that makes several vectors of one text", async () => {
    const list = [
      [
        [1, 0.5],
        [0.25, 2],
      ],
    ] as unknown as number[][];
    const { team, chat } = await teamWith(vectors(list, { as: "float" }));
    const input = { modelGroup: chat.model, texts: ["a"] };
    const { embed } = await team.client.data(embedding("vector base64"), { input });
    expect(embed.embeddings).toEqual([{ vector: list[0], base64: null }]);
  });

  it("writes the digits of 128", async () => {
    const { team, chat } = await teamWith(vectors(some(128)));
    const input = { modelGroup: chat.model, texts: texts(128) };
    const { embed } = await team.client.data(embedding("vector"), { input });
    expect(embed.embeddings.map(({ vector }: { vector: unknown }) => vector)).toEqual(some(128));
  });

  it.each(["float", "base64"] as const)("writes 2,048 in base64, if the upstream sends %s", async (as) => {
    const list = some(2_048);
    const { team, chat } = await teamWith(vectors(list, { as }));
    const input = { modelGroup: chat.model, texts: texts(2_048) };
    const { embed } = await team.client.data(embedding("index base64"), { input });
    expect(embed.embeddings).toEqual(list.map((vector, index) => ({ index, base64: packed(vector) })));
    expect(await team.credits()).toMatchObject({ used: 1, held: 0 });
  });

  it.each(["vector", "base64"])("writes no %s again and again under other names", async (field) => {
    const { team, chat } = await teamWith(vectors(some(1)));
    const input = { modelGroup: chat.model, texts: ["a"] };
    expect((await team.client.send(embedding(`a: ${field} b: ${field}`), { input })).errors).toBeUndefined();
    await team.client.refusal("GRAPHQL_VALIDATION_FAILED", embedding(`a: ${field} b: ${field} c: ${field}`), { input });
  });
});
