import type { Db, Tx } from "./client.js";
import { type Sql, sqlOn } from "./statement.js";

/** What the work of a transaction uses: Prisma's client and named statements, on one connection. */
export interface Transaction {
  readonly tx: Tx;
  readonly sql: Sql;
}

/**
 * Runs the work as one transaction. If the work throws, no part of it is kept, and the error is thrown. The work must
 * be short: it awaits nothing but the database. It takes locks in the order call, job, balance, and the head of the
 * audit last of all, so that transactions cannot wait for each other in a ring.
 */
export function inTransaction<Result>(db: Db, work: (transaction: Transaction) => Promise<Result>): Promise<Result> {
  return db.$transaction((tx) =>
    work({ tx, sql: sqlOn((_name, text, values) => tx.$queryRawUnsafe(text, ...values)) }),
  );
}
