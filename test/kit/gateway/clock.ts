import type { Database } from "../../../src/db/client.js";
import type { Clock } from "../../../src/lib/clock.js";

/** Stands still until it is told to move, in the process and in the databases that it rules. */
export class FakeClock implements Clock {
  private time = Date.parse("2026-03-01T12:00:00.000Z");
  private readonly databases: Pick<Database, "db">[] = [];

  now(): Date {
    return new Date(this.time);
  }

  elapsedMs(): number {
    return this.time;
  }

  /** Returns when the databases have the new time too. */
  async advance(ms: number): Promise<void> {
    this.time += ms;
    for (const { db } of this.databases) await db.$executeRaw`UPDATE test_clock SET now = ${this.now()}`;
  }

  /**
   * Makes this the clock of a test's database, by another definition of the function that its statements ask. Several gateways
   * may be on it.
   */
  async rule(database: Pick<Database, "db">): Promise<void> {
    const { db } = database;
    await db.$executeRaw`CREATE TABLE IF NOT EXISTS test_clock (now TIMESTAMPTZ NOT NULL)`;
    await db.$executeRaw`INSERT INTO test_clock SELECT ${this.now()} WHERE NOT EXISTS (SELECT FROM test_clock)`;
    await db.$executeRaw`CREATE OR REPLACE FUNCTION tollgate_now() RETURNS TIMESTAMPTZ LANGUAGE sql STABLE PARALLEL SAFE
      AS 'SELECT now FROM test_clock'`;
    this.databases.push(database);
  }
}
