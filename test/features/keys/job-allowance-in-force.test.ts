import { describe, expect, it } from "vitest";
import { LlmCallInput } from "../../../src/features/calls/question/call.input.js";
import { MessageRole } from "../../../src/features/calls/question/message.input.js";
import { CreateJobInput } from "../../../src/features/jobs/job.input.js";
import { FakeClock } from "../../kit/gateway/clock.js";
import { useGateway } from "../../kit/gateway/gateway.js";
import { runTasks } from "../../kit/gateway/tasks.js";
import { CREATE_JOB, RUN_LLM_CALL, type TestTeam } from "../../kit/world.js";

const MINUTE_MS = 60_000;
const ALLOWANCE = "jobAllowance { jobs period used isEnforced override { jobs until } wouldRefuse }";
const UPDATE = `mutation ($input: UpdateVirtualKeyInput!) { updateVirtualKey(input: $input) { ${ALLOWANCE} } }`;
const RESET = `mutation ($id: ID!) { resetVirtualKeyCounters(id: $id) { ${ALLOWANCE} } }`;
const READ = `query ($id: ID!) { team(id: $id) { virtualKeys { ${ALLOWANCE} } } }`;
const ONE_JOB = { jobs: 1, period: "TOTAL" };
const UNUSED = { used: 0, isEnforced: true, override: null, wouldRefuse: 0 };

describe("the job allowance of a key", () => {
  const clock = new FakeClock();
  const gateway = useGateway({ clock });

  const inMs = (ms: number) => new Date(clock.now().getTime() + ms).toISOString();
  const allow = async (team: TestTeam, jobAllowance: object | null) =>
    (await gateway.admin.data(UPDATE, { input: { id: team.keyId, jobAllowance } })).updateVirtualKey.jobAllowance;
  const allowance = async (team: TestTeam) =>
    (await team.client.data(READ, { id: team.id })).team.virtualKeys[0].jobAllowance;
  const refusal = (team: TestTeam) =>
    team.client.refusal("BUDGET_EXCEEDED", CREATE_JOB, { input: { jobType: "test" } });
  const callAlone = (team: TestTeam) =>
    team.client.data(RUN_LLM_CALL, {
      input: { modelGroup: team.modelGroup, messages: [{ role: "USER", content: "?" }] },
    });

  it("that is only measured opens jobs beyond it and counts them, by createJob and by calls alone", async () => {
    const team = await gateway.world.team();
    await allow(team, ONE_JOB);
    await team.job();
    expect((await refusal(team)).extensions).toMatchObject({ budget: "JOB_ALLOWANCE" });
    expect(await allow(team, { isEnforced: false })).toMatchObject({ ...ONE_JOB, used: 1, isEnforced: false });
    await team.job();
    await callAlone(team);
    await runTasks(gateway.app);
    expect(await allowance(team)).toEqual({ ...UNUSED, ...ONE_JOB, used: 3, isEnforced: false, wouldRefuse: 3 });
    await allow(team, { isEnforced: null });
    await refusal(team);
  });

  it("is raised for a time, and then holds again by itself", async () => {
    const team = await gateway.world.team();
    await allow(team, ONE_JOB);
    await team.job();
    const override = { jobs: 2, until: inMs(MINUTE_MS) };
    expect(await allow(team, { override })).toEqual({ ...UNUSED, ...ONE_JOB, used: 1, override });
    await callAlone(team);
    await refusal(team);
    await allow(team, { override: { ...override, jobs: 9 } });
    await team.job();
    await clock.advance(MINUTE_MS);
    expect(await allowance(team)).toMatchObject({ used: 3, override: null });
    await refusal(team);
    await allow(team, { override: { jobs: 9, until: inMs(1) } });
    await allow(team, { override: null });
    await refusal(team);
  });

  it("is reset with the key's counters, and stays", async () => {
    const team = await gateway.world.team();
    await allow(team, ONE_JOB);
    await team.job();
    await refusal(team);
    const { resetVirtualKeyCounters } = await gateway.admin.data(RESET, { id: team.keyId });
    expect(resetVirtualKeyCounters.jobAllowance).toEqual({ ...UNUSED, ...ONE_JOB });
    await team.job();
    await refusal(team);
    await runTasks(gateway.app);
    expect(await allowance(team)).toMatchObject({ used: 1, wouldRefuse: 1 });
  });

  it.each(["createJob", "runLlmCall"])(
    "counts a %s that is repeated in the same moment once, and refuses none for it",
    async (operation) => {
      const team = await gateway.world.team();
      const { calls, jobs } = gateway.app.services;
      const viewer = await gateway.app.gate.credentials.viewerOf(team.secret, "test");
      const open = async (more: object) => {
        const asked = { modelGroup: team.modelGroup, messages: [{ role: MessageRole.USER, content: "?" }], ...more };
        if (operation === "createJob")
          await jobs.create(viewer, Object.assign(new CreateJobInput(), { jobType: "test", ...more }));
        else await calls.run(viewer, Object.assign(new LlmCallInput(), asked), new AbortController().signal);
      };
      const again = { idempotencyKey: "again" };
      await allow(team, ONE_JOB);
      await Promise.all([again, again].map(open));
      await allow(team, { jobs: 3 });
      await Promise.all([{ idempotencyKey: "other" }, { idempotencyKey: "other" }, {}].map(open));
      await runTasks(gateway.app);
      expect(await allowance(team)).toEqual({ ...UNUSED, ...ONE_JOB, jobs: 3, used: 3 });
    },
  );

  it("is changed field by field: those who change different fields at once do not undo each other", async () => {
    const team = await gateway.world.team();
    await allow(team, ONE_JOB);
    const override = { jobs: 7, until: inMs(MINUTE_MS) };
    await Promise.all(
      [{ jobs: 3 }, { period: "MONTH" }, { isEnforced: false }, { override }].map((each) => allow(team, each)),
    );
    expect(await allowance(team)).toEqual({ ...UNUSED, jobs: 3, period: "MONTH", isEnforced: false, override });
    expect(await allow(team, null)).toBeNull();
    expect(await allow(team, ONE_JOB)).toEqual({ ...UNUSED, ...ONE_JOB });
  });

  it.each([
    ["jobs", () => ({ isEnforced: false }), "must be given, because the key has no allowance yet"],
    ["period", () => ({ jobs: 1 }), "must be given, because the key has no allowance yet"],
    ["override.until", () => ({ ...ONE_JOB, override: { jobs: 1, until: inMs(0) } }), "must be in the future"],
    ["override.jobs", () => ({ ...ONE_JOB, override: { jobs: 0, until: inMs(1) } }), "must not be less than 1"],
  ])("refuses a wrong input, and names %s", async (field, jobAllowance, rule) => {
    const team = await gateway.world.team();
    const refused = await gateway.admin.refusal("INVALID_INPUT", UPDATE, {
      input: { id: team.keyId, jobAllowance: jobAllowance() },
    });
    expect(refused.extensions.field).toBe(`input.jobAllowance.${field}`);
    expect(refused.message).toContain(rule);
    expect(await allowance(team)).toBeNull();
    const create = "mutation ($input: CreateVirtualKeyInput!) { createVirtualKey(input: $input) { key { id } } }";
    const ofNew = await gateway.admin.refusal("INVALID_INPUT", create, {
      input: { teamId: team.id, jobAllowance: jobAllowance() },
    });
    expect(ofNew.extensions.field).toBe(`input.jobAllowance.${field}`);
  });
});
