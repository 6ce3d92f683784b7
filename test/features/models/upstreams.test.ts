import { describe, expect, it } from "vitest";
import { answer, error } from "../../kit/upstream/upstream-behaviours.js";
import { useTwoUpstreams } from "../../kit/upstream/use-upstreams.js";
import { name } from "../../kit/world.js";

const ATTEMPTS =
  "query ($id: ID!) { llmCall(id: $id) { provider model attempts { model upstream provider failureKind } } }";

describe("a group over two upstreams", () => {
  const { gateway, east, west } = useTwoUpstreams({ west: { kind: "openai" } });
  const call = async (...models: string[]) => {
    const job = await (await gateway.world.team({ models })).job();
    const { id, ...settled } = await job.call();
    const { llmCall } = await job.team.client.data(ATTEMPTS, { id });
    return { ...settled, ...llmCall };
  };

  it("asks each model at its own upstream, by the upstream's own name of it, and falls back from one to the other", async () => {
    const model = name("model");
    east.on(model, error(503));
    west.on(model, answer({ content: "From the west." }));
    expect(await call(`east/${model}`, `west/${model}`)).toMatchObject({
      status: "SUCCEEDED",
      content: "From the west.",
      model: `west/${model}`,
      provider: "openai",
      attempts: [
        { model: `east/${model}`, upstream: "east", provider: "openai-compatible", failureKind: "OVERLOADED" },
        { model: `west/${model}`, upstream: "west", provider: "openai", failureKind: null },
      ],
    });
    for (const upstream of [east, west]) expect(upstream.requests.at(-1)?.body.model).toBe(model);
  });
});
