import type { Db, Tx } from "./client.js";
import { type Sql, sqlOn } from "./statement.js";

/** What runs inside a transaction: Prisma's client and named statements, on one connection. */
export interface Transaction {
  readonly tx: Tx;
  readonly sql: Sql;
}

/**
 * Runs statements as one transaction: all of them or none. Short by contract: nothing but the database is awaited
 * inside. Locks are taken in the order call, job, balance, so that transactions cannot wait for each other in a ring.
 */
export function inTransaction<Result>(db: Db, work: (transaction: Transaction) => Promise<Result>): Promise<Result> {
  return db.$transaction((tx) => work({ tx, sql: sqlOn(tx) }));
}
