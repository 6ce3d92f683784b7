import { describe, expect, it } from "vitest";
import { readMigrations } from "../../../src/db/migrate.js";
import { useGateway } from "../../kit/gateway/gateway.js";
import { answer, held } from "../../kit/upstream/upstream-behaviours.js";
import { name } from "../../kit/world.js";

const FIELDS = `model inputUsdPerMillionTokens outputUsdPerMillionTokens cachedInputUsdPerMillionTokens
  cacheWriteUsdPerMillionTokens oneHourCacheWriteUsdPerMillionTokens audioInputUsdPerMillionTokens audioOutputUsdPerMillionTokens
  longContext { thresholdTokens inputUsdPerMillionTokens outputUsdPerMillionTokens cachedInputUsdPerMillionTokens }`;
const LONG = { thresholdTokens: 1, inputUsdPerMillionTokens: "1", outputUsdPerMillionTokens: "1" };
const AUDIT = "query ($filter: AuditFilter) { auditEntries(filter: $filter) { nodes { before after } } }";
const SET = `mutation ($input: SetModelPriceInput!) { setModelPrice(input: $input) { ${FIELDS} createdAt updatedAt } }`;
const REMOVE = `mutation ($model: String!) { removeModelPrice(model: $model) { ${FIELDS} } }`;
const LIST = `query ($first: Int, $after: String) { modelPrices(first: $first, after: $after) { totalCount nodes { ${FIELDS} } pageInfo { hasNextPage endCursor } } }`;

const usage = { prompt_tokens: 1_000, completion_tokens: 200, prompt_tokens_details: { cached_tokens: 400 } };
/** What the upstream asks for an answer, which counts if the admin has set no price. */
const headers = { "x-litellm-response-cost": "0.5" };

describe("the admin's price of a model", () => {
  const gateway = useGateway({ upstream: "scripted" });
  const price = (model: string, input: string, output: string, more: object = {}) => ({
    input: { model, inputUsdPerMillionTokens: input, outputUsdPerMillionTokens: output, ...more },
  });

  it("counts before the upstream's own figure, from the next call on, until it is removed", async () => {
    const model = name("model");
    gateway.upstream.on(model, answer({ usage, headers }));
    const job = await (await gateway.world.team({ models: [model] })).job();
    const cost = async () => {
      const call = await job.call();
      return [call.costUsd, call.costSource];
    };
    expect(await cost()).toEqual(["0.5", "UPSTREAM"]);
    await gateway.admin.data(SET, price(model, "0.15", "0.6"));
    expect(await cost()).toEqual(["0.00027", "ADMIN_PRICE"]);
    await gateway.admin.data(SET, price(model, "0.15", "0.6", { cachedInputUsdPerMillionTokens: "0.075" }));
    expect(await cost()).toEqual(["0.00024", "ADMIN_PRICE"]);
    await gateway.admin.data(SET, price(model, "0", "0"));
    expect(await cost()).toEqual(["0", "ADMIN_PRICE"]);
    await gateway.admin.data(REMOVE, { model });
    expect(await cost()).toEqual(["0.5", "UPSTREAM"]);
    const { costs } = await job.complete();
    expect(costs).toMatchObject({ totalCalls: 5, totalCostUsd: "1.00051", unpricedCalls: 0 });
  });

  it("is the price at the moment of admission, of the model that answered", async () => {
    const [first, second] = [name("model"), name("model")];
    const behaviour = held({ usage });
    gateway.upstream.on(first, behaviour);
    gateway.upstream.on(second, answer({ usage }));
    await gateway.admin.data(SET, price(first, "1", "1"));
    const team = await gateway.world.team({ models: [first, second] });
    const job = await team.job();
    const call = job.call();
    await behaviour.arrived;
    await gateway.admin.data(SET, price(first, "2", "2"));
    await gateway.admin.data(SET, price(second, "5", "5"));
    behaviour.release();
    expect(await call).toMatchObject({ model: first, costUsd: "0.0012", costSource: "ADMIN_PRICE" });
  });

  it("is kept exactly as it was written", async () => {
    const model = name("model");
    const { setModelPrice } = await gateway.admin.data(SET, price(model, "0.000000001", "10000"));
    expect(setModelPrice).toMatchObject({
      model,
      inputUsdPerMillionTokens: "0.000000001",
      outputUsdPerMillionTokens: "10000",
      cachedInputUsdPerMillionTokens: null,
    });
    const again = await gateway.admin.data(SET, price(model, "123456.100000000".slice(2), "2.50"));
    expect(again.setModelPrice).toMatchObject({
      inputUsdPerMillionTokens: "3456.1",
      outputUsdPerMillionTokens: "2.5",
      createdAt: setModelPrice.createdAt,
    });
  });

  it("has further prices, which are kept, recorded and shown as they were written", async () => {
    const model = name("model");
    const more = {
      cacheWriteUsdPerMillionTokens: "3.75",
      oneHourCacheWriteUsdPerMillionTokens: "6",
      audioInputUsdPerMillionTokens: "40.000000001",
      audioOutputUsdPerMillionTokens: "0",
      longContext: {
        thresholdTokens: 200_000,
        inputUsdPerMillionTokens: "6",
        outputUsdPerMillionTokens: "22.5",
        cachedInputUsdPerMillionTokens: null,
      },
    };
    expect((await gateway.admin.data(SET, price(model, "3", "15", more))).setModelPrice).toMatchObject(more);
    const { auditEntries } = await gateway.admin.data(AUDIT, { filter: { subjectId: model } });
    expect(auditEntries.nodes).toMatchObject([{ before: null, after: { inputUsdPerMillionTokens: "3", ...more } }]);
    // Whoever sets a price without them removes them.
    const { setModelPrice: plain } = await gateway.admin.data(SET, price(model, "3", "15"));
    expect(Object.keys(more).map((field) => plain[field])).toEqual([null, null, null, null, null]);
  });

  it("of the past holds for all parts of prompt and answer, as it did", async () => {
    const model = name("model");
    await gateway.admin.data(SET, price(model, "3", "15", { cachedInputUsdPerMillionTokens: "0.3" }));
    for (const { sql } of readMigrations().filter(({ name }) => name.endsWith("_prices_of_the_past")))
      await gateway.database.db.$executeRawUnsafe(sql.replace(";", ` WHERE "model" = '${model}';`));
    const { modelPrices } = await gateway.admin.data(LIST, { first: 100 });
    expect(modelPrices.nodes).toContainEqual({
      model,
      inputUsdPerMillionTokens: "3",
      outputUsdPerMillionTokens: "15",
      cachedInputUsdPerMillionTokens: "0.3",
      cacheWriteUsdPerMillionTokens: "3",
      oneHourCacheWriteUsdPerMillionTokens: "3",
      audioInputUsdPerMillionTokens: "3",
      audioOutputUsdPerMillionTokens: "15",
      longContext: null,
    });
  });

  it.each([
    ["cacheWriteUsdPerMillionTokens", { cacheWriteUsdPerMillionTokens: "-1" }],
    ["oneHourCacheWriteUsdPerMillionTokens", { oneHourCacheWriteUsdPerMillionTokens: "10001" }],
    ["audioInputUsdPerMillionTokens", { audioInputUsdPerMillionTokens: "-1" }],
    ["audioOutputUsdPerMillionTokens", { audioOutputUsdPerMillionTokens: "-1" }],
    ["longContext.thresholdTokens", { longContext: { ...LONG, thresholdTokens: 0 } }],
    ["longContext.thresholdTokens", { longContext: { ...LONG, thresholdTokens: 100_000_001 } }],
    ["longContext.inputUsdPerMillionTokens", { longContext: { ...LONG, inputUsdPerMillionTokens: "-1" } }],
    ["longContext.cachedInputUsdPerMillionTokens", { longContext: { ...LONG, cachedInputUsdPerMillionTokens: "-1" } }],
  ])("has a limit for each of them: %s", async (field, more) => {
    const error = await gateway.admin.refusal("INVALID_INPUT", SET, price(name("model"), "1", "1", more));
    expect(error.message).toContain(`input.${field} must`);
  });

  it.each([
    ["-1", "input.inputUsdPerMillionTokens must be from 0 to 10000, got"],
    ["10000.000000001", "input.inputUsdPerMillionTokens must be from 0 to 10000, got"],
    ["0.0000000001", '"input.inputUsdPerMillionTokens"'],
    ["1e3", '"input.inputUsdPerMillionTokens"'],
    ["", '"input.inputUsdPerMillionTokens"'],
    [".5", '"input.inputUsdPerMillionTokens"'],
    [0.15, '"input.inputUsdPerMillionTokens"'],
    [null, '"input.inputUsdPerMillionTokens"'],
  ])("is not %j", async (wrong, complaint) => {
    const { input } = price(name("model"), "1", "1");
    const error = await gateway.admin.refusal("INVALID_INPUT", SET, {
      input: { ...input, inputUsdPerMillionTokens: wrong },
    });
    expect(error.message).toContain(complaint);
    expect(error.message).toContain(JSON.stringify(wrong));
  });

  it("is read from a document's own text too", async () => {
    const set = (decimal: string) =>
      `mutation { setModelPrice(input: { model: "m", inputUsdPerMillionTokens: ${decimal}, outputUsdPerMillionTokens: "0.25" }) { outputUsdPerMillionTokens } }`;
    expect(await gateway.admin.data(set('"1"'))).toEqual({ setModelPrice: { outputUsdPerMillionTokens: "0.25" } });
    const error = await gateway.admin.refusal("INVALID_INPUT", set("0.15"));
    expect(error.message).toContain("found 0.15; Decimal must be a string");
    await gateway.admin.data(REMOVE, { model: "m" });
  });

  it("is removed once", async () => {
    const model = name("model");
    await gateway.admin.data(SET, price(model, "1", "2"));
    const { removeModelPrice } = await gateway.admin.data(REMOVE, { model });
    expect(removeModelPrice).toMatchObject({ model, outputUsdPerMillionTokens: "2" });
    await gateway.admin.refusal("NOT_FOUND", REMOVE, { model });
    await gateway.admin.refusal("NOT_FOUND", REMOVE, { model: "nul\0" });
  });

  it("can be seen and set by the admin only", async () => {
    const team = await gateway.world.team();
    await team.client.refusal("FORBIDDEN", SET, price("gpt-4o-mini", "0", "0"));
    await team.client.refusal("FORBIDDEN", REMOVE, { model: "gpt-4o-mini" });
    await team.client.refusal("FORBIDDEN", LIST);
    await gateway.anonymous.refusal("UNAUTHENTICATED", LIST);
  });
});

describe("the list of prices", () => {
  const gateway = useGateway();

  it("is walked page by page in order of the models", async () => {
    for (const model of ["c", "a", "b"])
      await gateway.admin.data(SET, {
        input: { model, inputUsdPerMillionTokens: "1", outputUsdPerMillionTokens: "2" },
      });
    const { modelPrices: first } = await gateway.admin.data(LIST, { first: 2 });
    expect(first).toMatchObject({ totalCount: 3, nodes: [{ model: "a" }, { model: "b" }] });
    const { modelPrices: rest } = await gateway.admin.data(LIST, { first: 2, after: first.pageInfo.endCursor });
    expect(rest).toMatchObject({ nodes: [{ model: "c" }], pageInfo: { hasNextPage: false } });
  });
});
