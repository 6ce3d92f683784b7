import { type Prisma, PrismaClient } from "../generated/prisma/client.js";
import { askIfReadOnly } from "./read-only.sql.js";
import { type Sql, sqlOn } from "./statement.js";

export type Db = PrismaClient;
/** The client inside a transaction. If it is in scope, Db must not be: on one connection that would wait for itself. */
export type Tx = Prisma.TransactionClient;

export interface Database {
  readonly db: Db;
  readonly sql: Sql;
  /** For the start-up output; holds no secret. */
  readonly description: string;
  /** Why the database cannot be used at the moment, in one sentence; null if it can. */
  fault(): Promise<string | null>;
  close(): Promise<void>;
}

type Adapter = NonNullable<ConstructorParameters<typeof PrismaClient>[0]["adapter"]>;

/** How long a transaction may wait for a connection, and how long it may take. Ours last milliseconds. */
const transactionOptions = { maxWait: 10_000, timeout: 10_000 };

/** A Database that is reached through one of Prisma's adapters. `end` is called once Prisma has let go of it. */
export function databaseOn(adapter: Adapter, description: string, end: () => Promise<void>): Database {
  const db = new PrismaClient({ adapter, transactionOptions });
  const sql = sqlOn(db);
  return {
    db,
    sql,
    description,
    fault: () => faultOf(sql),
    close: async () => {
      await db.$disconnect();
      await end();
    },
  };
}

function faultOf(sql: Sql): Promise<string | null> {
  return sql.run(askIfReadOnly, {}).then(
    ([answer]) => (answer?.isReadOnly ? "The database takes no changes." : null),
    () => "The database does not answer.",
  );
}
