import { expect, it } from "vitest";
import { useGateway } from "../kit/gateway/gateway.js";
import { usePricedModel } from "../kit/priced-model.js";

const CALLS = 50;

const gateway = useGateway();
const priced = usePricedModel(gateway);

it("the calls of a job leave the indexes of jobs alone, but for few", async () => {
  const { db } = gateway.database;
  await gateway.server.background.stop();
  const job = await (await priced.team()).job();
  // The first call begins the job, and gives it a cost.
  await job.call();

  const updates = async () => {
    await db.$executeRaw`SELECT pg_stat_force_next_flush()`;
    const [count] = await db.$queryRaw<{ all: number; quiet: number }[]>`
      SELECT n_tup_upd::integer AS all, n_tup_hot_upd::integer AS quiet FROM pg_stat_user_tables WHERE relname = 'jobs'`;
    return count as { all: number; quiet: number };
  };
  const before = await updates();
  for (let calls = 0; calls < CALLS; calls++) await job.call();
  const after = await updates();
  const all = after.all - before.all;
  expect(all).toBe(2 * CALLS);
  // Its cost has another digit once or twice, and a minute may be over.
  expect(all - (after.quiet - before.quiet)).toBeLessThan(CALLS / 5);
});
