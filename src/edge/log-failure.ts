import { isDatabaseAway } from "../db/failure.js";
import type { Logger } from "../lib/log.js";

/**
 * Logs an unexpected failure with its stack. While the database is away, everything fails for this one reason, which
 * `db/postgres/outage.ts` tells in one line, so that such a failure is not logged again.
 */
export function logFailure(log: Pick<Logger, "error">, error: unknown, message: string, about: object = {}): void {
  if (!isDatabaseAway(error)) log.error({ err: error, ...about }, message);
}
