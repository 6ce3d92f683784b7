import { describe, expect, it } from "vitest";
import { openAiOf } from "../../../kit/clients/openai.js";
import { useGateway } from "../../../kit/gateway/gateway.js";
import { packed, vectors } from "../../../kit/upstream/json-answers.js";
import { type Behaviour, error } from "../../../kit/upstream/upstream-behaviours.js";
import { name } from "../../../kit/world.js";

const gateway = useGateway({ upstream: "scripted" });
const { teamWith, clientOf } = openAiOf(gateway);

/** Numbers that 4 bytes hold exactly, and one that they do not. */
const VECTOR = [0.5, -0.25, 0.1];

const CALLS = `{ llmCalls { nodes { id kind status model content extensions costUsd costSource
  usage { promptTokens completionTokens source } attempts { model status errorKind } error { code } } } }`;

const callsOf = async (secret: string) => (await gateway.client(secret).data(CALLS)).llmCalls.nodes;

/** A team with a group of two models that behave like this. */
async function teamWithTwo(behaviours: readonly [Behaviour, Behaviour], more: object = {}) {
  const models = [name("model"), name("model")] as const;
  for (const [index, behaviour] of behaviours.entries()) gateway.upstream.on(models[index] ?? "", behaviour);
  const group = await gateway.world.modelGroup([...models]);
  await gateway.admin.data(
    "mutation ($input: UpdateModelGroupInput!) { updateModelGroup(input: $input) { interchangeableEmbeddings } }",
    { input: { name: group, ...more } },
  );
  const team = await gateway.world.team({ groups: [group] });
  return { team, group, models, openai: clientOf(team.secret) };
}

describe("POST /v1/embeddings", () => {
  it("asks the upstream for what was asked, without the gateway's own fields", async () => {
    const { openai, chat, model } = await teamWith(vectors([VECTOR]));
    const given = { input: ["one"], dimensions: 3, user: "u", encoding_format: "float" as const };
    await openai.embeddings.create({ model: chat.model, ...given });
    const { path, body } = gateway.upstream.requests.at(-1) ?? {};
    expect([path, body]).toEqual(["/v1/embeddings", { ...given, model }]);
  });

  it.each(["float", "base64"] as const)(
    "answers in the form that was asked for if the upstream sends %s",
    async (as) => {
      const { openai, chat } = await teamWith(vectors([VECTOR, VECTOR], { as }));
      const ask = async (encoding_format: "float" | "base64") =>
        (await openai.embeddings.create({ model: chat.model, input: ["a", "b"], encoding_format })).data;
      const [digits, base64] = [await ask("float"), await ask("base64")];
      expect(digits.map(({ embedding }) => packed(embedding))).toEqual([packed(VECTOR), packed(VECTOR)]);
      expect(base64.map(({ embedding }) => embedding)).toEqual([packed(VECTOR), packed(VECTOR)]);
    },
  );

  it("meters the tokens of the texts alone, at the admin's price, and stores no vector", async () => {
    const { team, openai, chat, model } = await teamWith(vectors([VECTOR]));
    const price = { model, inputUsdPerMillionTokens: "0.5", outputUsdPerMillionTokens: "7" };
    await gateway.admin.data("mutation ($input: SetModelPriceInput!) { setModelPrice(input: $input) { model } }", {
      input: price,
    });
    const { data, response } = await openai.embeddings.create({ model: chat.model, input: "canary-7" }).withResponse();
    expect(data.usage).toEqual({ prompt_tokens: 8, total_tokens: 8 });
    expect(response.headers.get("x-tollgate-cost-usd")).toBe("0.000004");
    expect(response.headers.get("x-tollgate-credits-remaining")).toBe("9");
    const [call] = await callsOf(team.secret);
    expect(call).toMatchObject({
      id: response.headers.get("x-tollgate-call-id"),
      kind: "EMBEDDING",
      status: "SUCCEEDED",
      content: null,
      extensions: {},
      costUsd: "0.000004",
      costSource: "ADMIN_PRICE",
      usage: { promptTokens: 8, completionTokens: 0, source: "REPORTED" },
    });
    const rows = await gateway.database.db.$queryRawUnsafe<object[]>(
      "SELECT to_jsonb(llm_calls)::text AS text FROM llm_calls WHERE id = $1::uuid",
      call.id,
    );
    expect(JSON.stringify(rows)).not.toMatch(/canary-7|0\.25/);
  });

  it("counts the tokens itself if the upstream reports none", async () => {
    const { team, openai, chat } = await teamWith(vectors([VECTOR], { usage: null }));
    await openai.embeddings.create({ model: chat.model, input: ["What is a tollgate?"] });
    const [{ usage }] = await callsOf(team.secret);
    expect(usage).toEqual({ promptTokens: 6, completionTokens: 0, source: "ESTIMATED" });
  });

  it("asks the first model only, although there are others", async () => {
    const { team, openai, group, models } = await teamWithTwo([error(404, "no"), vectors([VECTOR])]);
    await expect(openai.embeddings.create({ model: group, input: "a" })).rejects.toMatchObject({ status: 400 });
    const [call] = await callsOf(team.secret);
    expect(call).toMatchObject({ status: "FAILED", error: { code: "UPSTREAM_REJECTED" } });
    expect(call.attempts).toMatchObject([{ model: models[0], status: "FAILED" }]);
  });

  it("asks the next model if the group says that their vectors compare", async () => {
    const both = [error(503), vectors([VECTOR])] as const;
    const { team, openai, group, models } = await teamWithTwo(both, { interchangeableEmbeddings: true });
    const { model } = await openai.embeddings.create({ model: group, input: "a" });
    expect(model).toBe(models[1]);
    const [call] = await callsOf(team.secret);
    expect(call.attempts).toMatchObject([{ status: "FAILED" }, { model: models[1], status: "SUCCEEDED" }]);
  });

  it("asks the only model again after a failure that may pass", async () => {
    const model = name("model");
    gateway.upstream.on(model, error(503), vectors([VECTOR]));
    const team = await gateway.world.team({ models: [model] });
    const { data } = await clientOf(team.secret).embeddings.create({ model: team.modelGroup, input: "a" });
    expect(data).toHaveLength(1);
    const [{ attempts }] = await callsOf(team.secret);
    expect(attempts.map(({ status }: { status: string }) => status)).toEqual(["FAILED", "SUCCEEDED"]);
  });

  it.each([
    ["", 400, "input"],
    [[], 400, "input"],
    [["a", ""], 400, "input[1]"],
    [["a", [1]], 400, "input[1]"],
    [[1, 2.5], 400, "input[0]"],
    [Array.from({ length: 2_049 }, () => "a"), 400, "input"],
    ["half \ud800", 400, "input"],
  ])("refuses what is no list of texts: %j", async (input, status, param) => {
    const { openai, chat } = await teamWith(vectors([VECTOR]));
    const asked = openai.embeddings.create({ model: chat.model, input: input as string[] });
    await expect(asked).rejects.toMatchObject({ status, param, code: "invalid_input" });
  });

  it.each([
    [{ dimensions: 0 }, "dimensions"],
    [{ encoding_format: "hex" }, "encoding_format"],
    [{ api_base: "http://elsewhere" }, "api_base"],
  ])("refuses %j", async (more, param) => {
    const { openai, chat } = await teamWith(vectors([VECTOR]));
    const asked = openai.embeddings.create({ model: chat.model, input: "a", ...(more as object) });
    await expect(asked).rejects.toMatchObject({ status: 400, param });
  });

  it("says that an answer without vectors is none", async () => {
    const { openai, chat } = await teamWith();
    await expect(openai.embeddings.create({ model: chat.model, input: "a" })).rejects.toMatchObject({ status: 502 });
  });
});
