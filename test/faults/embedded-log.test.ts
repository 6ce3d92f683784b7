import { expect, it } from "vitest";
import { makeCheckpoint, readLogSize } from "../../src/db/embedded/checkpoint.sql.js";
import { useGateway } from "../kit/gateway/gateway.js";
import { runTasks } from "../kit/gateway/tasks.js";

const gateway = useGateway({ engine: "embedded" });

/** Writes about so many megabytes to the log of the database. */
async function write(megabytes: number): Promise<void> {
  const { db } = gateway.database;
  await db.$executeRaw`CREATE TABLE IF NOT EXISTS written (text TEXT)`;
  await db.$executeRaw`INSERT INTO written SELECT repeat('x', 1000) FROM generate_series(1, ${megabytes * 1000}::int)`;
}

async function logSize(): Promise<number> {
  const [log] = await gateway.database.sql.run(readLogSize, {});
  return log?.bytes ?? Number.NaN;
}

it("the log of the embedded database is cut off by checkpoints, and none is made for little", async () => {
  await gateway.database.sql.run(makeCheckpoint, {});
  await write(2);
  await runTasks(gateway.app);
  expect(await logSize()).toBeGreaterThan(2_000_000);
  await write(12);
  expect(await logSize()).toBeGreaterThan(12_000_000);
  await runTasks(gateway.app);
  expect(await logSize()).toBeLessThan(1_000_000);
});
