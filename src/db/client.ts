import "./keep-wasm-code.js";
import { type Prisma, PrismaClient } from "../generated/prisma/client.js";
import type { Task } from "../lib/task.js";
import { askIfReadOnly } from "./read-only.sql.js";
import { type SendStatement, type Sql, sqlOn } from "./statement.js";

export type Db = PrismaClient;
/**
 * The client inside a transaction. Code that has it must not use Db: the embedded database has one connection, so Db
 * would wait for the transaction, and the transaction for Db.
 */
export type Tx = Prisma.TransactionClient;

type DatabaseKind = "postgres" | "pglite";

export interface Database {
  readonly db: Db;
  readonly sql: Sql;
  readonly kind: DatabaseKind;
  /** Shown at start-up. It contains no secret. */
  readonly description: string;
  /** What must be done in the background for this kind of database. */
  readonly tasks?: readonly Task[];
  /** How many connections the process has to it, by what they do, and how many requests wait for one. */
  readonly connections?: () => Readonly<Record<"idle" | "busy" | "waiting", number>>;
  /** Returns why the database cannot be used at the moment, in one sentence, or null if it can. Never rejects. */
  fault(): Promise<string | null>;
  close(): Promise<void>;
}

type Adapter = NonNullable<ConstructorParameters<typeof PrismaClient>[0]["adapter"]>;

/** How long, in milliseconds, a transaction may wait for a connection, and how long it may take. Ours take a few. */
const transactionOptions = { maxWait: 10_000, timeout: 10_000 };

interface Driver {
  readonly kind: DatabaseKind;
  /** The way of Prisma, for administration. */
  readonly adapter: Adapter;
  /** The way of named statements, past Prisma: they are what every call waits for. */
  readonly send: SendStatement;
  /** Is called after Prisma has disconnected. */
  readonly end: () => Promise<void>;
}

/** Makes a Database on one driver, which Prisma and the named statements share. */
export function databaseOn({ kind, adapter, send, end }: Driver, description: string): Database {
  const db = new PrismaClient({ adapter, transactionOptions, errorFormat: "minimal" });
  const sql = sqlOn(send);
  return {
    db,
    sql,
    kind,
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
