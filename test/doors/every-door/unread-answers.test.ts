import { afterEach, describe, expect, it, vi } from "vitest";
import { UnreadAnswers } from "../../../src/edge/http/readers/unread-answers.js";
import { useGateway } from "../../kit/gateway/gateway.js";
import { vectors } from "../../kit/upstream/json-answers.js";
import { name } from "../../kit/world.js";

const TEXTS = 128;
const NUMBERS = 1_536;
const QUERY = "mutation ($input: EmbedInput!) { embed(input: $input) { embeddings { base64 } } }";

describe("an answer counts until its client has taken it", () => {
  const gateway = useGateway({ upstream: "scripted" });
  afterEach(() => void vi.restoreAllMocks());

  it.each([
    ["vectors in pieces, by what they take in memory", "/v1/embeddings", TEXTS * NUMBERS * 8],
    ["a text, by its length", "/graphql", TEXTS * NUMBERS * 4],
  ])("%s", async (_, path, least) => {
    const model = name("model");
    const list = Array.from({ length: TEXTS }, () => Array.from({ length: NUMBERS }, (_, place) => place / 1_024));
    gateway.upstream.on(model, vectors(list));
    const { secret, modelGroup } = await gateway.world.team({ models: [model] });
    const counted = vi.spyOn(UnreadAnswers.prototype, "add");
    const texts = list.map((_, index) => `Text ${index}`);
    const asked = { model: modelGroup, input: texts, encoding_format: "float" };
    const embed = { query: QUERY, variables: { input: { modelGroup, texts } } };
    const response = await fetch(gateway.url + path, {
      method: "POST",
      headers: { authorization: `Bearer ${secret}`, "content-type": "application/json" },
      body: JSON.stringify(path === "/graphql" ? embed : asked),
    });
    expect(response.status).toBe(200);
    expect(await response.text()).not.toContain("errors");
    const [bytes] = counted.mock.calls.map(([, each]) => each);
    expect(bytes).toBeGreaterThanOrEqual(least);
    expect(bytes).toBeLessThan(2 * least);
  });
});
