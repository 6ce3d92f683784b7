import { describe, expect, it } from "vitest";
import { openAiOf } from "../../../kit/clients/openai.js";
import { useGateway } from "../../../kit/gateway/gateway.js";
import { packed, vectors } from "../../../kit/upstream/json-answers.js";

const gateway = useGateway({ upstream: "scripted" });
const { teamWith } = openAiOf(gateway);

const EMBED = "mutation ($input: EmbedInput!) { embed(input: $input) { embeddings { index base64 } } }";

const texts = (count: number): string[] => Array.from({ length: count }, (_, index) => `Text ${index}`);
/** Numbers that 4 bytes hold exactly, other ones for each text. */
const some = (count: number, length: number): number[][] =>
  Array.from({ length: count }, (_, index) => Array.from({ length }, (_, place) => (index + place) / 1_024));

describe("many vectors", () => {
  it.each(["float", "base64"] as const)(
    "come in base64, and to the client in digits, if the upstream sends %s",
    async (as) => {
      const list = some(256, 3);
      const { openai, chat, team, model } = await teamWith(vectors(list, { as }));
      const given = { model: chat.model, input: texts(256), dimensions: 3, user: "u" };
      const { data } = await openai.embeddings.create({ ...given, encoding_format: "float" });
      expect(data.map(({ embedding }) => embedding)).toEqual(list);
      const sent = gateway.upstream.requests.findLast(({ body }) => body.model === model);
      expect(sent?.body).toEqual({ ...given, model, encoding_format: "base64" });
      const { embed } = await team.client.data(EMBED, { input: { modelGroup: chat.model, texts: texts(256) } });
      expect(embed.embeddings).toEqual(list.map((vector, index) => ({ index, base64: packed(vector) })));
    },
  );

  it.each([
    ["255 texts", { input: texts(255), encoding_format: "float" }, "float"],
    ["the tokens of one text", { input: Array.from({ length: 256 }, () => 1), encoding_format: "float" }, "float"],
    ["no form", { input: texts(256), encoding_format: undefined }, undefined],
    ["a field that may change what base64 means", { input: texts(256), encoding_format: "float", task: "t" }, "float"],
  ])("are asked for as the client says with %s", async (_, fields, encoding) => {
    const count = Array.isArray(fields.input) && typeof fields.input[0] === "string" ? fields.input.length : 1;
    const { team, chat, model } = await teamWith(vectors(some(count, 1)));
    const response = await fetch(`${gateway.url}/v1/embeddings`, {
      method: "POST",
      headers: { authorization: `Bearer ${team.secret}`, "content-type": "application/json" },
      body: JSON.stringify({ model: chat.model, ...fields }),
    });
    expect(response.status).toBe(200);
    const sent = gateway.upstream.requests.findLast(({ body }) => body.model === model);
    expect(sent?.body.encoding_format).toBe(encoding);
  });

  it("are answered in full if they are 1,536 times 2,048 numbers, and others have their turn meanwhile", async () => {
    const list = some(2_048, 1_536);
    const { openai, chat } = await teamWith(vectors(list));
    let turns = 0;
    const count = setInterval(() => turns++, 1);
    const given = { model: chat.model, input: texts(2_048), encoding_format: "float" } as const;
    const { headers, body } = await openai.embeddings.create(given).asResponse();
    const reader = body?.getReader();
    const before = turns;
    let bytes = 0;
    for (let piece = await reader?.read(); !piece?.done; piece = await reader?.read())
      bytes += piece?.value?.length ?? 0;
    clearInterval(count);
    expect(bytes).toBeGreaterThan(20_000_000);
    // Written at once, the answer has its length among its headers, and nothing else happens while it is written.
    expect(headers.get("content-length")).toBeNull();
    expect(turns - before).toBeGreaterThan(20);
  });

  it("may have as many numbers as may be asked for", { timeout: 60_000 }, async () => {
    const vector = packed(Array.from({ length: 8_192 }, () => 0.5));
    const data = `{"object":"embedding","index":0,"embedding":"${vector}"}`;
    const { openai, chat } = await teamWith(({ response }) => {
      response.writeHead(200, { "content-type": "application/json" });
      response.end(
        `{"data":[${Array.from({ length: 2_048 }, () => data).join(",")}],"usage":{"prompt_tokens":1,"total_tokens":1}}`,
      );
    });
    const given = { model: chat.model, input: texts(2_048), encoding_format: "base64" } as const;
    const answered = await openai.embeddings.create(given).asResponse();
    expect(answered.status).toBe(200);
    expect((await answered.text()).length).toBeGreaterThan(85 * 1_024 * 1_024);
  });
});

describe("texts as their tokens", () => {
  /** A body as a program in Python writes it, with 1,000 texts of so many tokens, and others. */
  const bodyOf = (model: string, tokens: number, others = "") => {
    const text = `[${Array.from({ length: tokens }, (_, index) => index).join(", ")}]`;
    return `{"model": "${model}", "input": [${Array.from({ length: 1_000 }, () => text).join(", ")}]${others}}`;
  };

  it.each([
    ["300,000, which OpenAI takes and LangChain sends", 300, "", 200],
    ["500,000", 500, "", 400],
    ["few, beside 150,000 other values", 1, `, "user": [${Array.from({ length: 150_000 }, () => "{}").join()}]`, 400],
  ])("may be %s", async (_, tokens, others, status) => {
    const { team, chat } = await teamWith(vectors(some(1_000, 1)));
    const response = await fetch(`${gateway.url}/v1/embeddings`, {
      method: "POST",
      headers: { authorization: `Bearer ${team.secret}`, "content-type": "application/json" },
      body: bodyOf(chat.model, tokens, others),
    });
    expect(response.status).toBe(status);
    if (status === 400) expect(await response.text()).toContain("values of JSON");
  });

  it("are no excuse for as many numbers in a chat", async () => {
    const { team, chat } = await teamWith();
    const response = await fetch(`${gateway.url}/v1/chat/completions`, {
      method: "POST",
      headers: { authorization: `Bearer ${team.secret}`, "content-type": "application/json" },
      body: bodyOf(chat.model, 300),
    });
    expect(response.status).toBe(400);
  });
});
