import type { App } from "../app.js";
import { shared } from "../lib/async/shared.js";
import type { State } from "./metrics/state-metrics.js";

/** The longest that a scrape waits for the database. */
const ANSWER_TIMEOUT_MS = 2_000;

type Read = Pick<App, "gauges" | "database" | "redis" | "countOpenJobs" | "pendingUsageSeconds" | "webhooks">;

/**
 * Makes the reader of what the process holds at a moment. It never rejects. However many scrapes come at once, they ask the
 * database once, so that they take no connection from the work.
 */
export function stateReader(
  { gauges, database, redis, countOpenJobs, pendingUsageSeconds, webhooks }: Read,
  openSockets: () => number,
): () => Promise<State> {
  const openJobsNow = shared(() => countOpenJobs().catch(() => null));
  const pendingUsageNow = shared(() => pendingUsageSeconds().catch(() => null));
  const outboxNow = shared(() => webhooks.outbox().catch(() => null));
  return async () => {
    const asked = [inTime(openJobsNow()), inTime(pendingUsageNow()), inTime(outboxNow())] as const;
    const [openJobs, pendingUsage, waiting] = await Promise.all(asked);
    return {
      ...gauges(),
      openSockets: openSockets(),
      openJobs,
      pendingUsageSeconds: pendingUsage,
      outbox: waiting ?? null,
      connections: database.connections?.() ?? {},
      up: { database: openJobs !== null, ...(redis.address !== undefined && { redis: redis.link.isUp }) },
    };
  };
}

function inTime<Answer>(answer: Promise<Answer>): Promise<Answer | null> {
  const tooLate = new Promise<null>((resolve) => setTimeout(resolve, ANSWER_TIMEOUT_MS, null).unref());
  return Promise.race([answer, tooLate]);
}
