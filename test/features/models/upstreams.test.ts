import { describe, expect, it } from "vitest";
import { ADMIN_KEY, useGateway } from "../../kit/gateway/gateway.js";
import { answer, error, hang, held } from "../../kit/upstream/upstream-behaviours.js";
import { heldStream } from "../../kit/upstream/upstream-streams.js";
import { useTwoUpstreams } from "../../kit/upstream/use-upstreams.js";
import { name, RUN_LLM_CALL, type TestJob } from "../../kit/world.js";

const CREATE_GROUP = `mutation ($input: CreateModelGroupInput!) { createModelGroup(input: $input) {
  models { name priority weight } } }`;
const UPDATE_GROUP = "mutation ($input: UpdateModelGroupInput!) { updateModelGroup(input: $input) { id } }";
const ATTEMPTS = `query ($id: ID!) { llmCall(id: $id) { provider model costSource
  attempts { model upstream provider status failureKind costSource } } }`;
const SYSTEM = `{ system { upstream { name } upstreams { name kind address hasKey firstTokenTimeoutMs idleTimeoutMs
  concurrencyMax runningRequests lastAnsweredAt lastFailedAt lastFailure circuits { model upstream failures } } } }`;

const KEY = "sk-of-the-west-0123456789";
const WEST = {
  kind: "openai",
  apiKeyEnv: "WEST_KEY",
  headers: { "X-Region": "west", "X-Token": { env: "WEST_TOKEN" } },
  firstTokenTimeoutMs: 1_000,
  concurrencyMax: 1,
};

describe("a group over two upstreams", () => {
  const { gateway, east, west } = useTwoUpstreams(
    { west: WEST, others: [{ name: "toy", kind: "simulated", tokenMs: 0, failing: { status: 429 } }] },
    { env: { WEST_KEY: KEY, WEST_TOKEN: "token-of-the-west" } },
  );
  const jobWith = async (...models: string[]) => (await gateway.world.team({ models })).job();
  const readOf = async (job: TestJob, id: string) => (await job.team.client.data(ATTEMPTS, { id })).llmCall;
  const call = async (...models: string[]) => {
    const job = await jobWith(...models);
    const settled = await job.call();
    return { ...settled, ...(await readOf(job, settled.id)) };
  };
  const kindsOf = ({ attempts }: { attempts: { failureKind: string | null }[] }) =>
    attempts.map(({ failureKind }) => failureKind);

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

  it("sends each upstream its own key and headers, and nothing of another's", async () => {
    await call("west/m");
    expect(west.requests.at(-1)?.headers).toMatchObject({
      authorization: `Bearer ${KEY}`,
      "x-region": "west",
      "x-token": "token-of-the-west",
    });
    await call("east/m");
    const { headers } = east.requests.at(-1) ?? {};
    for (const header of ["authorization", "x-region", "x-token"]) expect(headers).not.toHaveProperty(header);
  });

  it("takes only the first part of a name for the upstream's", async () => {
    await call("east/meta-llama/Llama-3/8B");
    expect(east.requests.at(-1)?.body.model).toBe("meta-llama/Llama-3/8B");
  });

  it("is refused if a model has no upstream, by the names of those that there are", async () => {
    const models = [{ name: "east/a" }, { name: "north/a" }];
    const rule = 'must begin with the name of an upstream and a slash: east/, west/, toy/, got "north/a".';
    const group = { name: name("group"), models };
    const refusal = await gateway.admin.refusal("INVALID_INPUT", CREATE_GROUP, { input: group });
    expect(refusal.message).toBe(`input.models[1].name ${rule}`);
    const existing = await gateway.world.modelGroup(["east/a"]);
    await gateway.admin.refusal("INVALID_INPUT", UPDATE_GROUP, { input: { name: existing, models } });
    for (const wrong of ["gpt-4o", "west/"])
      await gateway.admin.refusal("INVALID_INPUT", CREATE_GROUP, { input: { ...group, models: [{ name: wrong }] } });
    const body = { group_name: name("group"), models: [{ model_name: "north/a" }] };
    const detail = await gateway.rest(ADMIN_KEY).refusal(422, "POST", "/api/model-groups/create", body);
    expect(detail).toMatchObject([{ loc: ["body", "models", 0, "model_name"] }]);
  });

  it("passes a model over whose upstream was taken away since, and says so if no other is left", async () => {
    const { db } = gateway.database;
    const gone = async (...others: string[]) => {
      const job = await jobWith("east/m", ...others);
      const group = { group: { name: job.team.modelGroup } };
      await db.groupModel.updateMany({ where: { ...group, name: "east/m" }, data: { name: "gone/m" } });
      const settled = await job.call();
      return { ...settled, ...(await readOf(job, settled.id)) };
    };
    expect(await gone("west/m")).toMatchObject({
      status: "SUCCEEDED",
      attempts: [
        { model: "gone/m", upstream: "gone", provider: "unknown", failureKind: "NOT_CONFIGURED" },
        { upstream: "west", failureKind: null },
      ],
    });
    expect(await gone()).toMatchObject({
      status: "FAILED",
      error: { code: "UPSTREAM_FAILED", message: 'No upstream is configured for model "gone/m".' },
    });
  });

  it("holds each upstream to its own time limit", async () => {
    const model = name("model");
    west.on(model, hang());
    expect(kindsOf(await call(`west/${model}`, `east/${model}`))).toEqual(["TIMEOUT", null]);
  });

  it("goes on to the next model at once if an upstream is full, and does not hold it against the upstream", async () => {
    const stream = heldStream();
    const model = name("model");
    west.on(model, stream);
    const busy = await jobWith(`west/${model}`);
    const events = gateway.socket(busy.team.secret).stream(busy.callInput());
    await stream.arrived;
    stream.text("I am still");
    for (let count = 0; count < 6; count++)
      expect(kindsOf(await call("west/other", "east/other"))).toEqual(["FULL", null]);
    const { system } = await gateway.admin.data(SYSTEM);
    expect(system.upstreams[1]).toMatchObject({ runningRequests: 1, lastFailure: "full" });
    expect(JSON.stringify(system.upstreams[1].circuits)).not.toContain("west/other");
    // With no other model left, it waits as long as an answer may take to begin.
    const job = await jobWith("west/other");
    const late = await job.team.client.data(RUN_LLM_CALL, { input: job.callInput() });
    expect(late.runLlmCall).toMatchObject({ status: "FAILED", error: { code: "OVERLOADED" } });
    stream.finish();
    await events.until("LlmCallFinished");
    expect(kindsOf(await call("west/other", "east/other"))).toEqual([null]);
  });

  it("waits for its turn at the last model's upstream", async () => {
    const model = name("model");
    const first = held();
    west.on(model, first);
    const job = await jobWith(`west/${model}`);
    const [running, waiting] = [job.call(), first.arrived.then(() => job.call())];
    await first.arrived;
    first.release();
    for (const settled of [await running, await waiting]) expect(settled).toMatchObject({ status: "SUCCEEDED" });
  });

  it("can be tried without any key: a simulated upstream fails as it is told", async () => {
    expect(kindsOf(await call("toy/m", "east/m"))).toEqual(["RATE_LIMITED", null]);
  });

  it("has prices by the listed name, or by the upstream's own name of the model", async () => {
    const input = { model: "east/gpt-4o-mini", inputUsdPerMillionTokens: "1", outputUsdPerMillionTokens: "1" };
    await gateway.admin.data("mutation ($input: SetModelPriceInput!) { setModelPrice(input: $input) { model } }", {
      input,
    });
    expect(await call("east/gpt-4o-mini")).toMatchObject({ costUsd: "0.000018", costSource: "ADMIN_PRICE" });
    expect(await call("west/gpt-4o-mini")).toMatchObject({ costUsd: "0.0000054", costSource: "PRICE_TABLE" });
  });

  it("is shown to the admin with what each upstream is and does, and without a secret", async () => {
    const { system } = await gateway.admin.data(SYSTEM);
    expect(system.upstream).toEqual({ name: "east" });
    expect(system.upstreams).toMatchObject([
      { name: "east", kind: "OPENAI_COMPATIBLE", address: east.url, hasKey: false, concurrencyMax: null },
      { name: "west", kind: "OPENAI", address: west.url, hasKey: true, firstTokenTimeoutMs: 1_000, concurrencyMax: 1 },
      { name: "toy", kind: "SIMULATED", address: null, idleTimeoutMs: 30_000, lastFailure: "rate-limited" },
    ]);
    expect(system.upstreams[0].lastAnsweredAt).toEqual(expect.any(String));
    for (const secret of [KEY, "token-of-the-west"]) expect(JSON.stringify(system)).not.toContain(secret);
  });
});

describe("the priority of models that have a weight", () => {
  const gateway = useGateway();
  const listed = async (...models: [name: string, priority: number | null, weight: number | null][]) => {
    const input = {
      name: name("group"),
      models: models.map(([model, priority, weight]) => ({ name: model, priority, weight })),
    };
    const { createModelGroup } = await gateway.admin.data(CREATE_GROUP, { input });
    return createModelGroup.models.map((model: { name: string; priority: number; weight: number | null }) =>
      [model.name, model.priority, model.weight ?? "-"].join(" "),
    );
  };

  it.each<[[string, number | null, number | null][], string[]]>([
    [
      [
        ["a", null, null],
        ["b", null, null],
      ],
      ["a 0 -", "b 1 -"],
    ],
    [
      [
        ["a", null, 80],
        ["b", null, 20],
        ["c", null, null],
      ],
      ["a 0 80", "b 0 20", "c 2 -"],
    ],
    [
      [
        ["a", null, null],
        ["b", null, 3],
        ["c", null, 1],
      ],
      ["a 0 -", "b 1 3", "c 1 1"],
    ],
    [
      [
        ["a", 5, 2],
        ["b", 5, null],
        ["c", 1, 9],
      ],
      ["c 1 9", "a 5 2", "b 5 -"],
    ],
  ])("is shared by neighbours that name none: %j", async (models, shown) => {
    expect(await listed(...models)).toEqual(shown);
  });
});
