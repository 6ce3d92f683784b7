import type { Database } from "../../src/db/client.js";
import { statement } from "../../src/db/statement.js";
import type { Clock } from "../../src/lib/clock.js";

/**
 * A schema of the seed's own. Its function `tollgate_now()` is found before the gateway's, by the connections of this
 * process and no other.
 */
const SCHEMA = "tollgate_seed";
/** What the connections of this process look for a function in, in this order. */
export const SEARCH_PATH = `${SCHEMA}, public`;

const moveClock = statement({
  name: "move-seed-clock",
  params: { now: "timestamptz" },
  text: `UPDATE ${SCHEMA}.clock SET now = $1`,
  row: {},
});

/** A clock that the seed moves, for this process and for the statements of its connections. */
export class SeedClock implements Clock {
  private time = 0;

  private constructor(private readonly database: Database) {}

  static async start(database: Database): Promise<SeedClock> {
    const { db } = database;
    await db.$executeRawUnsafe(`CREATE SCHEMA IF NOT EXISTS ${SCHEMA}`);
    await db.$executeRawUnsafe(`CREATE TABLE IF NOT EXISTS ${SCHEMA}.clock (now TIMESTAMPTZ NOT NULL)`);
    await db.$executeRawUnsafe(`DELETE FROM ${SCHEMA}.clock`);
    await db.$executeRawUnsafe(`INSERT INTO ${SCHEMA}.clock VALUES (now())`);
    await db.$executeRawUnsafe(`CREATE OR REPLACE FUNCTION ${SCHEMA}.tollgate_now() RETURNS TIMESTAMPTZ LANGUAGE sql STABLE
      AS 'SELECT now FROM ${SCHEMA}.clock'`);
    // The embedded database has one connection. Those to PostgreSQL have it from their start.
    await db.$executeRawUnsafe(`SET search_path TO ${SEARCH_PATH}`);
    return new SeedClock(database);
  }

  now(): Date {
    return new Date(this.time);
  }

  elapsedMs(): number {
    return this.time;
  }

  /** Moves the clock on to a time. It never goes back. */
  async moveTo(time: Date): Promise<void> {
    this.time = Math.max(this.time, time.getTime());
    await this.database.sql.run(moveClock, { now: this.now() });
  }

  pass(ms: number): Promise<void> {
    return this.moveTo(new Date(this.time + ms));
  }

  /** Takes the schema away again. */
  async end(): Promise<void> {
    await this.database.db.$executeRawUnsafe(`DROP SCHEMA IF EXISTS ${SCHEMA} CASCADE`);
  }
}
