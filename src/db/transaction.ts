import type { Db, Tx } from "./database.js";

/** How long a transaction may wait for a connection, and then take. Ours last milliseconds. */
export const TRANSACTION_OPTIONS = { maxWait: 10_000, timeout: 10_000 };

/**
 * Runs statements as one transaction: all of them or none. Short by contract: nothing but the database is awaited
 * inside. Locks are taken in the order call, job, balance, so that transactions cannot wait for each other in a ring.
 */
export function inTransaction<Result>(db: Db, work: (tx: Tx) => Promise<Result>): Promise<Result> {
  return db.$transaction(work);
}
