import { describe, expect, it } from "vitest";
import { openAiOf } from "../../kit/clients/openai.js";
import { useGateway } from "../../kit/gateway/gateway.js";
import { completion, moderation, vectors } from "../../kit/upstream/json-answers.js";
import { answer, error } from "../../kit/upstream/upstream-behaviours.js";
import { wholeReport } from "../../kit/usage/report.js";
import { name } from "../../kit/world.js";

const gateway = useGateway({ upstream: "scripted" });
const { teamWith, clientOf } = openAiOf(gateway);

const EMBED = `mutation ($input: EmbedInput!) { embed(input: $input) {
  call { id kind status model content purpose metadata costSource usage { promptTokens completionTokens totalTokens } error { code } job { id jobType } }
  embeddings { index vector } } }`;

describe("embed", () => {
  it("returns a vector for each text, in a job of its own", async () => {
    const { team, chat, model } = await teamWith(
      vectors([
        [0.5, 0.25],
        [1, 0],
      ]),
    );
    const input = {
      modelGroup: chat.model,
      texts: ["a", "b"],
      dimensions: 2,
      jobType: "index",
      purpose: "search",
      metadata: { page: 1 },
    };
    const { embed } = await team.client.data(EMBED, { input });
    expect(embed).toMatchObject({
      call: {
        kind: "EMBEDDING",
        status: "SUCCEEDED",
        model,
        content: null,
        purpose: "search",
        metadata: { page: 1 },
        costSource: "UNPRICED",
        usage: { promptTokens: 8, completionTokens: 0, totalTokens: 8 },
        error: null,
        job: { jobType: "index" },
      },
      embeddings: [
        { index: 0, vector: [0.5, 0.25] },
        { index: 1, vector: [1, 0] },
      ],
    });
    expect(gateway.upstream.requests.at(-1)?.body).toEqual({
      model,
      input: ["a", "b"],
      dimensions: 2,
      encoding_format: "float",
    });
    expect(await team.credits()).toMatchObject({ used: 1 });
  });

  it("reads vectors that the upstream packs although it was not asked to", async () => {
    const { team, chat } = await teamWith(vectors([[0.5, 0.25]], { as: "base64" }));
    const { embed } = await team.client.data(EMBED, { input: { modelGroup: chat.model, texts: ["a"] } });
    expect(embed.embeddings).toEqual([{ index: 0, vector: [0.5, 0.25] }]);
  });

  it("gets the same vectors with the same key, and INVALID_STATE once they are forgotten", async () => {
    const { team, chat } = await teamWith(vectors([[0.5]]));
    const input = { modelGroup: chat.model, texts: ["a"], idempotencyKey: name("key") };
    const first = await team.client.data(EMBED, { input });
    expect(await team.client.data(EMBED, { input })).toEqual(first);
    gateway.app.calls.forgetResults();
    await team.client.refusal("INVALID_STATE", EMBED, { input });
    const { jobs } = await team.client.data("{ jobs { totalCount } }");
    expect(jobs.totalCount).toBe(1);
  });

  it("returns a failed call without vectors", async () => {
    const { team, chat } = await teamWith(error(400, "no"));
    const { embed } = await team.client.data(EMBED, { input: { modelGroup: chat.model, texts: ["a"] } });
    expect(embed).toMatchObject({
      call: { status: "FAILED", error: { code: "UPSTREAM_REJECTED" } },
      embeddings: null,
    });
  });

  it.each([
    [{ texts: [] }, "input.texts"],
    [{ texts: ["a", ""] }, "input.texts[1]"],
    [{ texts: ["\ud800"] }, "input.texts[0]"],
    [{ dimensions: 0 }, "input.dimensions"],
    [{ texts: Array.from({ length: 2_049 }, () => "a") }, "input.texts"],
  ])("refuses %#", async (more, field) => {
    const { team, chat } = await teamWith(vectors([[1]]));
    const input = { modelGroup: chat.model, texts: ["a"], ...more };
    const { errors } = await team.client.send(EMBED, { input });
    const { extensions } = errors?.[0] ?? {};
    expect(extensions).toMatchObject({ code: "INVALID_INPUT" });
    expect(JSON.stringify(extensions)).toContain(field);
  });
});

describe("a job of calls of all kinds", () => {
  it("has one summary of them, and the list tells them apart", async () => {
    const models = {
      chat: answer({ usage: { prompt_tokens: 10, completion_tokens: 5, total_tokens: 15 } }),
      embedding: vectors([[1]]),
      completion: completion("more"),
      moderation: moderation(false),
    };
    const groups = await Promise.all(
      Object.values(models).map(async (behaviour) => {
        const model = name("model");
        gateway.upstream.on(model, behaviour);
        const prices = { model, inputUsdPerMillionTokens: "1", outputUsdPerMillionTokens: "10" };
        await gateway.admin.data("mutation ($input: SetModelPriceInput!) { setModelPrice(input: $input) { model } }", {
          input: prices,
        });
        return gateway.world.modelGroup([model]);
      }),
    );
    const [chatGroup = "", embeddingGroup = "", completionGroup = "", moderationGroup = ""] = groups;
    const team = await gateway.world.team({ groups });
    const job = await team.job();
    const openai = clientOf(team.secret);
    const inJob = { headers: { "x-job-id": job.id } };
    await job.call({ modelGroup: chatGroup });
    await openai.chat.completions.create({ model: chatGroup, messages: [{ role: "user", content: "u" }] }, inJob);
    await openai.embeddings.create({ model: embeddingGroup, input: "a" }, inJob);
    await team.client.data(EMBED, { input: { jobId: job.id, modelGroup: embeddingGroup, texts: ["a"] } });
    await openai.completions.create({ model: completionGroup, prompt: "Once" }, inJob);
    await openai.moderations.create({ model: moderationGroup, input: "kind words" }, inJob);
    const { costs } = await job.complete();
    // Tokens of prompts: 2 x 10, 2 x 8, 5, and 2 that the gateway counts itself. Tokens of answers: 2 x 5 and 3.
    expect(costs).toMatchObject({
      totalCalls: 6,
      successfulCalls: 6,
      promptTokens: 43,
      completionTokens: 13,
      totalTokens: 56,
      totalCostUsd: "0.000173",
      estimatedCalls: 1,
      creditApplied: true,
    });
    const kindsOf = async (filter: object) => {
      const { llmCalls } = await team.client.data(
        "query ($filter: LlmCallFilter) { llmCalls(filter: $filter, orderBy: OLDEST_FIRST) { nodes { kind } totalCount } }",
        { filter },
      );
      return llmCalls.nodes.map(({ kind }: { kind: string }) => kind);
    };
    const all = ["CHAT", "CHAT", "EMBEDDING", "EMBEDDING", "COMPLETION", "MODERATION"];
    expect(await kindsOf({})).toEqual(all);
    expect(await kindsOf({ kind: ["EMBEDDING", "MODERATION"] })).toEqual(["EMBEDDING", "EMBEDDING", "MODERATION"]);
    expect(await kindsOf({ kind: ["CHAT"], modelGroups: [chatGroup, embeddingGroup] })).toEqual(["CHAT", "CHAT"]);
    const rest = await gateway.rest(team.secret).ok("GET", "/api/llm-calls?kind=completion&kind=moderation");
    expect(rest.map(({ kind }: { kind: string }) => kind)).toEqual(["moderation", "completion"]);
    const now = Date.now();
    const day = { from: new Date(now - 86_400_000), to: new Date(now + 86_400_000), span: "DAY", groupBy: [] } as const;
    const { total } = await wholeReport(team.client, day);
    expect(total).toMatchObject({ calls: 6, callsSucceeded: 6, promptTokens: 43, completionTokens: 13 });
  });
});
