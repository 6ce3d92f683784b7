import Anthropic from "@anthropic-ai/sdk";
import OpenAI from "openai";
import { expect, it } from "vitest";
import { useTwoGateways } from "../kit/gateway/gateway.js";
import { heldStream } from "../kit/upstream/upstream-streams.js";
import { name } from "../kit/world.js";

const gateways = useTwoGateways();
const REFUSAL = "I will not.";

/** A team whose model refuses to answer, and the clients of both gateways. */
async function refused() {
  const model = name("model");
  const upstream = heldStream();
  gateways.one.upstream.on(model, upstream);
  const team = await gateways.one.world.team({ models: [model] });
  void upstream.arrived.then(() => {
    upstream.delta({ refusal: "I will" });
    upstream.delta({ refusal: " not." });
    upstream.finish();
  });
  const clientsOf = ({ url }: { url: string }) => ({
    openai: new OpenAI({ apiKey: team.secret, baseURL: `${url}/v1`, maxRetries: 0 }),
    anthropic: new Anthropic({ apiKey: team.secret, baseURL: url, maxRetries: 0 }),
  });
  const headers = { "idempotency-key": name("key") };
  return { model: team.modelGroup, headers, here: clientsOf(gateways.one), there: clientsOf(gateways.other) };
}

it("A refusal stays one for who reads it from another process, as a response", async () => {
  const { model, headers, here, there } = await refused();
  const first = await here.openai.responses.create({ model, input: "Do it." }, { headers });
  const content = [{ type: "refusal", refusal: REFUSAL }];
  expect(first.output).toMatchObject([{ content }]);
  expect((await there.openai.responses.retrieve(first.id)).output).toMatchObject([{ content }]);
  const streamed = there.openai.responses.stream({ model, input: "Do it." }, { headers });
  expect((await streamed.finalResponse()).output).toMatchObject([{ content }]);
});

it("A refusal stays one for who reads it from another process, as a chat completion", async () => {
  const { model, headers, here, there } = await refused();
  const ask = { model, messages: [{ role: "user" as const, content: "Do it." }] };
  for (const { openai } of [here, there])
    expect((await openai.chat.completions.create(ask, { headers })).choices).toMatchObject([
      { message: { content: null, refusal: REFUSAL } },
    ]);
});

it("A refusal stays one for who reads it from another process, as a message", async () => {
  const { model, headers, here, there } = await refused();
  const ask = { model, max_tokens: 50, messages: [{ role: "user" as const, content: "Do it." }] };
  const message = { stop_reason: "refusal", content: [{ type: "text", text: REFUSAL }] };
  expect(await here.anthropic.messages.create(ask, { headers })).toMatchObject(message);
  expect(await there.anthropic.messages.create(ask, { headers })).toMatchObject(message);
  expect(await there.anthropic.messages.stream(ask, { headers }).finalMessage()).toMatchObject(message);
});
