import { describe, expect, it } from "vitest";
import { engines } from "../../kit/database/database.js";
import { FakeClock } from "../../kit/gateway/clock.js";
import { useGateway } from "../../kit/gateway/gateway.js";
import { runTasks } from "../../kit/gateway/tasks.js";
import { COMPLETE_JOB, CREATE_JOB, RUN_LLM_CALL, type TestTeam } from "../../kit/world.js";

const DAY_MS = 86_400_000;
const UPDATE = `mutation ($input: UpdateVirtualKeyInput!) { updateVirtualKey(input: $input) { jobAllowance { jobs period used } } }`;
const READ = "query ($id: ID!) { team(id: $id) { virtualKeys { id jobAllowance { jobs period used } } } }";

describe.each(engines())("a key that may open so many jobs, on %s", (engine) => {
  const clock = new FakeClock();
  const gateway = useGateway({ engine, clock });

  const allow = async (team: TestTeam, jobAllowance: object | null) =>
    (await gateway.admin.data(UPDATE, { input: { id: team.keyId, jobAllowance } })).updateVirtualKey.jobAllowance;
  const allowance = async (team: TestTeam) =>
    (await team.client.data(READ, { id: team.id })).team.virtualKeys[0].jobAllowance;
  const open = (team: TestTeam) => team.client.send(CREATE_JOB, { input: { jobType: "test" } });
  const callAlone = (team: TestTeam) => {
    const input = { modelGroup: team.modelGroup, messages: [{ role: "USER", content: "?" }] };
    return team.client.send(RUN_LLM_CALL, { input });
  };

  it("opens these and no more, however many ask at once, and with calls that open jobs of their own", async () => {
    const team = await gateway.world.team({ credits: 100 });
    expect(await allowance(team)).toBeNull();
    expect(await allow(team, { jobs: 7, period: "TOTAL" })).toEqual({ jobs: 7, period: "TOTAL", used: 0 });
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, number) => (number % 2 === 0 ? open(team) : callAlone(team))),
    );
    const codes = answers.map(({ errors }) => errors?.[0]?.extensions.code ?? "ok");
    expect(codes.filter((code) => code === "ok")).toHaveLength(7);
    expect(new Set(codes)).toEqual(new Set(["ok", "BUDGET_EXCEEDED"]));
    expect(await allowance(team)).toEqual({ jobs: 7, period: "TOTAL", used: 7 });
    const refused = answers.find(({ errors }) => errors)?.errors?.[0];
    expect(refused).toMatchObject({
      message: "The key has opened as many jobs as it may (jobAllowance).",
      extensions: { status: 403, of: "KEY" },
    });
    const other = "mutation ($id: ID!) { createVirtualKey(input: { teamId: $id }) { virtualKey } }";
    const { createVirtualKey } = await gateway.admin.data(other, { id: team.id });
    await gateway.client(createVirtualKey.virtualKey).data(CREATE_JOB, { input: { jobType: "test" } });
  });

  it("counts a job no more that fails, is cancelled or expires, and one that completes for good", async () => {
    const team = await gateway.world.team();
    await allow(team, { jobs: 3, period: "TOTAL" });
    const jobs = [await team.job(), await team.job(), await team.job()];
    await team.client.refusal("BUDGET_EXCEEDED", CREATE_JOB, { input: { jobType: "test" } });
    await jobs[0]?.complete();
    await jobs[1]?.complete({ status: "FAILED" });
    await Promise.all(
      [1, 2].map(() => team.client.send(COMPLETE_JOB, { input: { jobId: jobs[2]?.id, status: "CANCELLED" } })),
    );
    expect(await allowance(team)).toMatchObject({ used: 1 });
    await team.job();
    expect(await allowance(team)).toMatchObject({ used: 2 });
    await clock.advance(DAY_MS + 1);
    await runTasks(gateway.app);
    expect(await allowance(team)).toMatchObject({ used: 1 });
  });

  it("of a month begins anew on the first, and a job of the month before gives nothing back", async () => {
    const team = await gateway.world.team();
    await allow(team, { jobs: 1, period: "MONTH" });
    const now = clock.now();
    const first = Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + 1);
    await clock.advance(first - now.getTime() - 1_000);
    const old = await team.job();
    await team.client.refusal("BUDGET_EXCEEDED", CREATE_JOB, { input: { jobType: "test" } });
    await clock.advance(1_000);
    expect(await allowance(team)).toMatchObject({ used: 0 });
    await team.job();
    await old.complete({ status: "FAILED" });
    expect(await allowance(team)).toMatchObject({ used: 1 });
    await team.client.refusal("BUDGET_EXCEEDED", CREATE_JOB, { input: { jobType: "test" } });
  });

  it("counts anew when its period changes, there and back, and jobs from before end and give nothing back", async () => {
    const team = await gateway.world.team();
    await allow(team, { jobs: 9, period: "MONTH" });
    const earlier = [await team.job(), await team.job(), await team.job()];
    expect(await allow(team, { period: "TOTAL" })).toMatchObject({ used: 0 });
    earlier.push(await team.job());
    await allow(team, null);
    expect(await allow(team, { jobs: 9, period: "MONTH" })).toMatchObject({ used: 0 });
    await team.job();
    for (const job of earlier) await job.complete({ status: "FAILED" });
    expect(await allowance(team)).toMatchObject({ used: 1 });
  });

  it("never holds up the end of a job, not even if the clock goes back over the end of a month", async () => {
    const team = await gateway.world.team();
    await allow(team, { jobs: 9, period: "MONTH" });
    const now = clock.now();
    await clock.advance(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + 1) - now.getTime() - 1_000);
    const earlier = [await team.job(), await team.job()];
    await clock.advance(1_000);
    await team.job();
    await clock.advance(-1_000);
    await team.job();
    for (const job of earlier) await job.complete({ status: "FAILED" });
    expect(await allowance(team)).toMatchObject({ used: 0 });
  });

  it("can be counted anew, changed and given up, and jobs from before give nothing back", async () => {
    const team = await gateway.world.team();
    const before = await team.job();
    await allow(team, { jobs: 1, period: "TOTAL" });
    const job = await team.job();
    const reset = "mutation ($id: ID!) { resetVirtualKeyCounters(id: $id) { jobAllowance { used } } }";
    const { resetVirtualKeyCounters } = await gateway.admin.data(reset, { id: team.keyId });
    expect(resetVirtualKeyCounters.jobAllowance).toEqual({ used: 0 });
    await team.job();
    for (const earlier of [before, job]) await earlier.complete({ status: "FAILED" });
    expect(await allowance(team)).toMatchObject({ used: 1 });
    await gateway.admin.refusal("INVALID_INPUT", UPDATE, {
      input: { id: team.keyId, jobAllowance: { jobs: 0, period: "TOTAL" } },
    });
    expect(await allow(team, { jobs: 2, period: "TOTAL" })).toMatchObject({ jobs: 2, used: 1 });
    expect(await allow(team, null)).toBeNull();
    for (let count = 0; count < 4; count++) await team.job();
  });
});
