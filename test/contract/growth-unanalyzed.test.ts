import { expect, it } from "vitest";
import { useGateway } from "../kit/gateway/gateway.js";
import { runTasks } from "../kit/gateway/tasks.js";
import { RUN_LLM_CALL } from "../kit/world.js";

const JOBS = 300;
const CALLS = 150;
const TEAMS = 300;
/** PostgreSQL keeps one plan for all runs of a statement after it has run five times. */
const RUNS = 8;

const gateway = useGateway();

it("calls, jobs and background work read no table as a whole that has grown since their plans were made", async () => {
  const { db } = gateway.database;
  await gateway.server.background.stop();
  const team = await gateway.world.team({ credits: 1_000 });
  const job = await team.job();
  const work = async () => {
    await job.call();
    await team.client.data(RUN_LLM_CALL, { input: { ...job.callInput(), jobId: null } });
    await (await team.job()).complete();
    await runTasks(gateway.app);
  };
  for (let runs = 0; runs < RUNS; runs++) await work();
  // The embedded database analyzes no table by itself, so its plans stay.
  await Promise.all(Array.from({ length: JOBS }, () => team.job()));
  await Promise.all(Array.from({ length: CALLS }, () => job.call()));
  await Promise.all(Array.from({ length: TEAMS }, () => gateway.world.team()));

  const read = async (): Promise<Record<string, number>> => {
    await db.$executeRaw`SELECT pg_stat_force_next_flush()`;
    const rows = await db.$queryRaw<{ relname: string; read: number }[]>`
      SELECT relname, seq_tup_read::integer AS read FROM pg_stat_user_tables WHERE relname IN ('jobs', 'llm_calls', 'llm_call_attempts', 'credit_entries', 'credit_balances', 'teams', 'virtual_keys')`;
    return Object.fromEntries(rows.map(({ relname, read: count }) => [relname, count]));
  };
  const before = await read();
  await work();
  expect(await read()).toEqual(before);
});
