import OpenAI from "openai";
import { expect, it } from "vitest";
import { useTwoGateways } from "../../../kit/gateway/gateway.js";
import { completion } from "../../../kit/upstream/json-answers.js";
import { name } from "../../../kit/world.js";

const gateways = useTwoGateways();

/** Longer than what is stored of an answer as a whole. */
const LONG = "gate ".repeat(20_000);

it.each([" a gate", LONG])("A completion is told again by another process, streamed or not", async (text) => {
  const model = name("model");
  gateways.one.upstream.on(model, completion(text));
  const team = await gateways.one.world.team({ models: [model] });
  const clients = [gateways.one, gateways.other].map(
    ({ url }) => new OpenAI({ apiKey: team.secret, baseURL: `${url}/v1`, maxRetries: 0 }),
  );
  const ask = { model: team.modelGroup, prompt: "A tollgate is" };
  const [plain, streamed] = [0, 1].map(() => ({ headers: { "idempotency-key": name("key") } }));
  for (const { completions } of clients) {
    const { choices } = await completions.create(ask, plain);
    expect(choices).toMatchObject([{ text, index: 0, finish_reason: "stop" }]);
    let told = "";
    for await (const chunk of await completions.create({ ...ask, stream: true }, streamed))
      told += chunk.choices[0]?.text ?? "";
    expect(told === text).toBe(true);
  }
  expect((await team.client.data("{ llmCalls { totalCount } }")).llmCalls.totalCount).toBe(2);
});
