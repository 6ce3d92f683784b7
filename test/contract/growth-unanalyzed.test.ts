import { beforeAll, describe, expect, it } from "vitest";
import { Prisma } from "../../src/generated/prisma/client.js";
import { useGateway } from "../kit/gateway/gateway.js";
import { runTasks } from "../kit/gateway/tasks.js";
import { RUN_LLM_CALL, type TestJob, type TestTeam } from "../kit/world.js";

const JOBS = 300;
const CALLS = 150;
const TEAMS = 300;
/** PostgreSQL keeps one plan for all runs of a statement after it has run five times. */
const RUNS = 8;

const gateway = useGateway();

describe("once the plans of statements are kept", { timeout: 60_000 }, () => {
  let team: TestTeam;
  let job: TestJob;
  const work = async () => {
    await job.call();
    await team.client.data(RUN_LLM_CALL, { input: { ...job.callInput(), jobId: null } });
    await (await team.job()).complete();
  };
  beforeAll(async () => {
    await gateway.server.background.stop();
    team = await gateway.world.team({ credits: 1_000 });
    job = await team.job();
    for (let runs = 0; runs < RUNS; runs++) {
      await work();
      await runTasks(gateway.app);
    }
    // The embedded database analyzes no table by itself, so its plans stay.
    await Promise.all(Array.from({ length: JOBS }, () => team.job()));
    await Promise.all(Array.from({ length: CALLS }, () => job.call()));
    await Promise.all(Array.from({ length: TEAMS }, () => gateway.world.team()));
  }, 120_000);

  const statistics = async (query: Prisma.Sql): Promise<Record<string, number>> => {
    await gateway.database.db.$executeRaw`SELECT pg_stat_force_next_flush()`;
    const rows = await gateway.database.db.$queryRaw<{ name: string; count: number }[]>(query);
    return Object.fromEntries(rows.map(({ name, count }) => [name, count]));
  };

  it("calls, jobs and background work read no table as a whole that has grown", async () => {
    const read = () =>
      statistics(Prisma.sql`SELECT relname AS name, seq_tup_read::integer AS count FROM pg_stat_user_tables
        WHERE relname IN ('jobs', 'llm_calls', 'llm_call_attempts', 'credit_entries', 'credit_balances', 'teams', 'virtual_keys')`);
    const before = await read();
    await work();
    await runTasks(gateway.app);
    expect(await read()).toEqual(before);
  });

  it("a call is not looked for among all that ever ran: their index has an entry of each of them until it is vacuumed", async () => {
    const scans = () =>
      statistics(Prisma.sql`SELECT indexrelname AS name, idx_scan::integer AS count FROM pg_stat_user_indexes
        WHERE indexrelname = 'llm_calls_running_idx'`);
    const before = await scans();
    await work();
    expect(await scans()).toEqual(before);
  });
});
