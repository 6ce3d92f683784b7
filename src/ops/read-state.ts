import type { App } from "../app.js";
import type { State } from "./metrics/state-metrics.js";

/** The longest that a scrape waits for the database. */
const ANSWER_TIMEOUT_MS = 2_000;

/** Reads what the process holds at the moment. Never rejects. */
export async function readState({ gauges, database, redis, countOpenJobs }: App, openSockets: number): Promise<State> {
  const openJobs = await inTime(countOpenJobs().catch(() => null));
  return {
    ...gauges(),
    openSockets,
    openJobs,
    connections: database.connections?.() ?? {},
    up: { database: openJobs !== null, ...(redis.address !== undefined && { redis: redis.link.isUp }) },
  };
}

function inTime(answer: Promise<number | null>): Promise<number | null> {
  const tooLate = new Promise<null>((resolve) => setTimeout(resolve, ANSWER_TIMEOUT_MS, null).unref());
  return Promise.race([answer, tooLate]);
}
