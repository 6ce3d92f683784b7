import type { Db } from "../../../src/db/client.js";

/** How many connections of this database wait for a lock. Other tests have databases of their own on the same server. */
export async function waitingForLocks(db: Db): Promise<number> {
  const waiting = await db.$queryRaw<object[]>`SELECT FROM pg_stat_activity
    WHERE datname = current_database() AND wait_event_type = 'Lock'`;
  return waiting.length;
}
