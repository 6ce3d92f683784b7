import { describe, expect, it } from "vitest";
import { REVOKE, SUSPEND } from "../kit/credentials.js";
import { hasPostgres } from "../kit/database/database.js";
import { useTwoGateways } from "../kit/gateway/gateway.js";
import { answer } from "../kit/upstream/upstream-behaviours.js";
import { name, RUN_LLM_CALL } from "../kit/world.js";

describe.runIf(hasPostgres())("what one process has remembered of a team", () => {
  const { one, other } = useTwoGateways();

  /** A job of which `other` has run a call, so that it knows the team's key and plan. */
  async function known() {
    const model = name("model");
    one.upstream.on(model, answer());
    const job = await (await one.world.team({ models: [model] })).job();
    const client = other.client(job.team.secret);
    const ask = async () => {
      const { data, errors } = await client.send(RUN_LLM_CALL, { input: job.callInput() });
      return errors?.[0]?.extensions?.code ?? data?.runLlmCall;
    };
    expect(await ask()).toMatchObject({ status: "SUCCEEDED" });
    return { job, model, admin: one.admin, ask };
  }

  it("does not let a call in whose key the other has revoked", async () => {
    const { job, admin, ask } = await known();
    await admin.data(REVOKE, { id: job.team.keyId });
    expect(await ask()).toBe("UNAUTHENTICATED");
  });

  it("does not let a call in whose team the other has suspended", async () => {
    const { job, admin, ask } = await known();
    await admin.data(SUSPEND, { id: job.team.id });
    expect(await ask()).toBe("TEAM_SUSPENDED");
  });

  it("does not let a call in whose model group the other has taken from the team", async () => {
    const { job, admin, ask } = await known();
    await admin.data(`mutation ($id: ID!) { setTeamModelGroups(input: { teamId: $id, modelGroups: [] }) { id } }`, {
      id: job.team.id,
    });
    expect(await ask()).toBe("MODEL_GROUP_NOT_ALLOWED");
  });

  it("does not keep the old price of a model, or the old models of a group", async () => {
    const { job, model, admin, ask } = await known();
    const price = { model, inputUsdPerMillionTokens: "1000", outputUsdPerMillionTokens: "0" };
    await admin.data("mutation ($input: SetModelPriceInput!) { setModelPrice(input: $input) { model } }", {
      input: price,
    });
    const priced = await ask();
    expect(priced).toMatchObject({ costSource: "ADMIN_PRICE", costUsd: String(priced.usage.promptTokens / 1_000) });
    const next = name("model");
    one.upstream.on(next, answer());
    await admin.data("mutation ($input: UpdateModelGroupInput!) { updateModelGroup(input: $input) { id } }", {
      input: { name: job.team.modelGroup, models: [{ name: next }] },
    });
    expect(await ask()).toMatchObject({ status: "SUCCEEDED", model: next });
  });
});
