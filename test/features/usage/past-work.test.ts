import { beforeAll, expect, it } from "vitest";
import { readMigrations } from "../../../src/db/migrate.js";
import { useGateway } from "../../kit/gateway/gateway.js";
import { expectCountedUsage } from "../../kit/usage/expect-counted.js";
import { RUN_LLM_CALL } from "../../kit/world.js";

const gateway = useGateway();

beforeAll(() => gateway.server.background.stop());

it("What was done before there were triggers is counted once, and so is what an older version does during the upgrade.", async () => {
  const { db } = gateway.database;
  const team = await gateway.world.team({ credits: 20 });
  const work = async () => {
    const job = await team.job();
    await job.call();
    await team.client.data(RUN_LLM_CALL, { input: { ...job.callInput(), jobId: undefined } });
    return job;
  };
  const [ended, goesOn] = [await work(), await work()];
  await ended.complete();
  // So far, no trigger has entered anything.
  await db.usagePending.deleteMany();
  await (await work()).complete();
  await goesOn.call();
  await goesOn.complete();
  const migrations = readMigrations().filter(({ name }) => name.endsWith("_usage_of_the_past"));
  expect(migrations).toHaveLength(1);
  for (const { sql } of migrations)
    for (const statement of sql.split(/;$/m).filter((text) => text.trim())) await db.$executeRawUnsafe(statement);
  await expectCountedUsage(gateway.admin, db);
});
