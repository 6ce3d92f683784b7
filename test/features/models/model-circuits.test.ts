import { describe, expect, it } from "vitest";
import { attemptsOf, kindsOf } from "../../kit/attempts.js";
import { FakeClock } from "../../kit/gateway/clock.js";
import { useGateway } from "../../kit/gateway/gateway.js";
import { answer, type Behaviour, error, held, openAiError } from "../../kit/upstream/upstream-behaviours.js";
import { RUN_LLM_CALL } from "../../kit/world.js";

const CIRCUITS = "{ modelCircuits { model state failures probeAt } }";

describe("a model that fails again and again", () => {
  const clock = new FakeClock();
  const gateway = useGateway({ upstream: "scripted", clock });
  const { jobWith, call, asked } = attemptsOf(gateway);
  const circuitOf = async (model: string | undefined, fields = "state failures probeAt") => {
    const { modelCircuits } = await gateway.admin.data(`{ modelCircuits { model ${fields} } }`);
    return modelCircuits.find((circuit: { model: string }) => circuit.model === model);
  };
  /** A job whose first model has just failed five times. */
  const opened = async (...then: Behaviour[]) => {
    const bad = error(503);
    const { job, models } = await jobWith([bad, bad, bad, bad, bad, ...then], answer());
    for (let count = 0; count < 5; count++) expect(kindsOf(await call(job))).toEqual(["overloaded", null]);
    return { job, models, first: models[0] };
  };

  it("is passed over after five failures in a row, and the admin sees it", async () => {
    const { job, models, first } = await opened(answer());
    const settled = await call(job);
    expect(settled).toMatchObject({ status: "SUCCEEDED", attempts: [{ number: 1, model: models[1] }] });
    expect(asked(first)).toBe(5);
    expect(await circuitOf(first)).toEqual({
      model: first,
      state: "OPEN",
      failures: 5,
      probeAt: new Date(clock.now().getTime() + 30_000).toISOString(),
    });
    expect(await circuitOf(models[1])).toBeUndefined();
    await job.team.client.refusal("FORBIDDEN", CIRCUITS);
    await gateway.anonymous.refusal("UNAUTHENTICATED", CIRCUITS);
  });

  it("is passed over in streams too, which tell the client", async () => {
    const { job, models, first } = await opened(answer());
    const events = await gateway.socket(job.team.secret).stream(job.callInput()).rest();
    expect(events.slice(0, 2)).toMatchObject([
      { __typename: "LlmCallStarted", model: first },
      { __typename: "LlmCallModelSwitched", fromModel: first, toModel: models[1], discard: false },
    ]);
    expect(events[1].reason).toBe("It has failed repeatedly.");
  });

  it("is asked by one request after 30 seconds, while others pass it over, and is well again if it answers", async () => {
    const probe = held();
    const { job, models, first } = await opened(probe, answer());
    await clock.advance(29_999);
    await call(job);
    expect(asked(first)).toBe(5);
    await clock.advance(1);
    expect(await circuitOf(first)).toMatchObject({ state: "HALF_OPEN" });
    const probing = call(job);
    await probe.arrived;
    expect(await call(job)).toMatchObject({ attempts: [{ model: models[1] }] });
    expect(asked(first)).toBe(6);
    probe.release();
    expect(await probing).toMatchObject({ attempts: [{ model: first, status: "SUCCEEDED" }] });
    expect(await circuitOf(first)).toBeUndefined();
    expect(await call(job)).toMatchObject({ attempts: [{ model: first }] });
  });

  it("is passed over for as long again if the probe fails", async () => {
    const { job, first } = await opened(error(503), answer());
    await clock.advance(30_000);
    expect(kindsOf(await call(job))).toEqual(["overloaded", null]);
    expect(await circuitOf(first)).toMatchObject({ state: "OPEN", failures: 6 });
    await clock.advance(29_999);
    expect(kindsOf(await call(job))).toEqual([null]);
    await clock.advance(1);
    expect(await call(job)).toMatchObject({ attempts: [{ model: first, status: "SUCCEEDED" }] });
  });

  it("is asked all the same if the group has no other model, and is well again if it answers", async () => {
    const gone = error(404);
    const { job, models } = await jobWith([gone, gone, gone, gone, gone, gone, answer()]);
    for (let count = 0; count < 6; count++) expect((await call(job)).status).toBe("FAILED");
    expect(asked(models[0])).toBe(6);
    expect(await circuitOf(models[0])).toMatchObject({ state: "OPEN", failures: 6 });
    expect((await call(job)).status).toBe("SUCCEEDED");
    expect(await circuitOf(models[0])).toBeUndefined();
  });

  it("is not blamed for what is wrong with requests", async () => {
    const { job, models } = await jobWith(error(400, openAiError("No.", "invalid_request_error")), answer());
    for (let count = 0; count < 7; count++) await job.team.client.data(RUN_LLM_CALL, { input: job.callInput() });
    expect(asked(models[0])).toBe(7);
    expect(await circuitOf(models[0])).toBeUndefined();
  });

  it("for one team alone is passed over for that team only, until another team's request fails too", async () => {
    const { job, models, first } = await opened(error(503));
    expect(await circuitOf(first, "isForAllTeams teamIds")).toEqual({
      model: first,
      isForAllTeams: false,
      teamIds: [job.team.id],
    });
    const other = await (await gateway.world.team({ groups: [job.team.modelGroup] })).job();
    expect(kindsOf(await call(other)), "the other team's request").toEqual(["overloaded", null]);
    expect(await circuitOf(first, "isForAllTeams teamIds")).toEqual({ model: first, isForAllTeams: true, teamIds: [] });
    const third = await (await gateway.world.team({ groups: [job.team.modelGroup] })).job();
    expect(await call(third)).toMatchObject({ attempts: [{ model: models[1] }] });
  });

  it("is not blamed if all models of the group fail on the same request", async () => {
    const { job, models } = await jobWith(error(500), error(500));
    for (let count = 0; count < 6; count++) expect(await call(job)).toMatchObject({ status: "FAILED" });
    expect(asked(models[0])).toBe(6);
    for (const model of models) expect(await circuitOf(model)).toBeUndefined();
  });
});
