import { describe, expect, it } from "vitest";
import { openAiOf } from "../../kit/clients/openai.js";
import { moderation, vectors } from "../../kit/upstream/json-answers.js";
import { useTwoUpstreams } from "../../kit/upstream/use-upstreams.js";
import { name } from "../../kit/world.js";

// Nothing listens there. It is never asked: it would answer chats only.
const ANTHROPIC = { name: "claude", kind: "anthropic", url: "http://127.0.0.1:9/v1" };
const { gateway, east, west } = useTwoUpstreams({ others: [ANTHROPIC] });
const { clientOf } = openAiOf(gateway);

const CREATE = "mutation ($input: CreateModelGroupInput!) { createModelGroup(input: $input) { name } }";
const CALLS = "{ llmCalls { nodes { status error { code message } attempts { upstream status failureKind } } } }";

async function teamOf(models: readonly object[], interchangeableEmbeddings: boolean) {
  const group = name("group");
  await gateway.admin.data(CREATE, { input: { name: group, models, interchangeableEmbeddings } });
  const team = await gateway.world.team({ groups: [group], credits: 100 });
  return { team, group, openai: clientOf(team.secret) };
}

describe("an upstream that answers chats only", () => {
  it("is passed over, and no circuit counts it", async () => {
    const model = name("model");
    east.on(model, vectors([[1]]));
    const models = [{ name: `claude/${model}` }, { name: `east/${model}` }];
    const { team, group, openai } = await teamOf(models, true);
    for (let count = 0; count < 6; count++) await openai.embeddings.create({ model: group, input: "a" });
    const { llmCalls } = await team.client.data(CALLS);
    for (const { attempts } of llmCalls.nodes)
      expect(attempts).toEqual([
        { upstream: "claude", status: "FAILED", failureKind: "NOT_OFFERED" },
        { upstream: "east", status: "SUCCEEDED", failureKind: null },
      ]);
    const { modelCircuits } = await gateway.admin.data("{ modelCircuits { model } }");
    expect(JSON.stringify(modelCircuits)).not.toContain(model);
  });

  it("ends an embedding that may ask nobody else, and not a moderation", async () => {
    const model = name("model");
    east.on(model, moderation(false));
    const models = [{ name: `claude/${model}` }, { name: `east/${model}` }];
    const { team, group, openai } = await teamOf(models, false);
    await expect(openai.embeddings.create({ model: group, input: "a" })).rejects.toMatchObject({ status: 502 });
    await openai.moderations.create({ model: group, input: "a" });
    const { llmCalls } = await team.client.data(CALLS);
    expect(llmCalls.nodes).toMatchObject([
      { status: "SUCCEEDED", attempts: [{ failureKind: "NOT_OFFERED" }, { upstream: "east" }] },
      {
        status: "FAILED",
        error: { code: "UPSTREAM_FAILED", message: `The upstream of model "${model}" answers chats only.` },
        attempts: [{ failureKind: "NOT_OFFERED" }],
      },
    ]);
  });
});

describe("models that share calls by weight", () => {
  it.each([
    [true, true],
    [false, false],
  ])("share embeddings only if their vectors compare: %s", async (interchangeable, isShared) => {
    const model = name("model");
    for (const upstream of [east, west]) upstream.on(model, vectors([[1]]));
    const models = ["east", "west"].map((upstream) => ({ name: `${upstream}/${model}`, weight: 1 }));
    const { group, openai } = await teamOf(models, interchangeable);
    for (let count = 0; count < 30; count++) await openai.embeddings.create({ model: group, input: "a" });
    const [atEast, atWest] = [east, west].map(
      ({ requests }) => requests.filter(({ body }) => body.model === model).length,
    );
    expect([atEast !== 0, atWest !== 0]).toEqual([true, isShared]);
    expect((atEast ?? 0) + (atWest ?? 0)).toBe(30);
  });
});
