import { describe, expect, it } from "vitest";
import { askDoor, MODEL_DOORS } from "../../kit/clients/model-doors.js";
import { useGateway } from "../../kit/gateway/gateway.js";
import { tokens, usePricedModel } from "../../kit/priced-model.js";
import { answer } from "../../kit/upstream/upstream-behaviours.js";
import { name, type TestTeam } from "../../kit/world.js";

const JOBS = "{ jobs(first: 100) { nodes { status costs { totalCalls } } } }";

describe("the first call of a job's key that its commit refuses", () => {
  const gateway = useGateway({ upstream: "scripted" });
  const priced = usePricedModel(gateway);

  const ask = ({ secret, modelGroup }: TestTeam, key = name("run")) => {
    const door = MODEL_DOORS.chat;
    if (!door) throw new Error("There is no door of chats.");
    return askDoor(gateway, door, { secret, group: modelGroup, headers: { "x-job-key": key } });
  };
  const jobsOf = async ({ client }: TestTeam) => (await client.data(JOBS)).jobs.nodes;

  it("opens no job if unpaid jobs have cost too much, and the key opens one later", async () => {
    const team = await priced.team({ billing: { unpaidCostUsdPerDay: "0.05" } });
    gateway.upstream.on(priced.model, tokens(600));
    const job = await team.job();
    await job.call();
    const key = name("run");
    const refused = await ask(team, key);
    expect(refused.text).toContain("unpaidCostUsdPerDay");
    expect(await jobsOf(team)).toMatchObject([{ costs: { totalCalls: 1 } }]);
    await job.complete();
    expect(await team.credits()).toMatchObject({ used: 1, held: 0 });
    expect((await ask(team, key)).status).toBe(200);
    expect(await team.credits()).toMatchObject({ used: 1, held: 1 });
  });

  it("opens no job if its model has no price that a budget needs", async () => {
    const unpriced = name("model");
    gateway.upstream.on(unpriced, answer());
    const team = await gateway.world.team({ models: [unpriced], billing: { unpaidCostUsdPerDay: "5" } });
    expect((await ask(team)).text).toContain("has no price");
    expect(await jobsOf(team)).toEqual([]);
    expect(await team.credits()).toMatchObject({ held: 0 });
  });

  it("opens no job if its model group was taken away, which another process has not heard of", async () => {
    const model = name("model");
    gateway.upstream.on(model, answer());
    const team = await gateway.world.team({ models: [model] });
    expect((await ask(team)).status).toBe(200);
    await gateway.database.db.$executeRawUnsafe(`DELETE FROM team_model_groups WHERE team_id = '${team.id}'`);
    expect((await ask(team)).status).toBe(404);
    expect(await jobsOf(team)).toMatchObject([{ costs: { totalCalls: 1 } }]);
  });
});
