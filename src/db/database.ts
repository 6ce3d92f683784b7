import type { PGlite } from "@electric-sql/pglite";
import { PrismaPGlite } from "pglite-prisma-adapter";
import type { DatabaseConfig } from "../config/config.js";
import { type Prisma, PrismaClient } from "../generated/prisma/client.js";
import type { Logger } from "../lib/log.js";
import { lockDataDir } from "./data-dir-lock.js";
import { migrate, type SqlConnection } from "./migrate.js";
import { openPostgres } from "./postgres.js";
import { TRANSACTION_OPTIONS } from "./transaction.js";

export type Db = PrismaClient;
/** The client inside a transaction. Where it is in scope, Db must not be: on one connection that would wait for itself. */
export type Tx = Prisma.TransactionClient;

export interface Database {
  readonly db: Db;
  /** For the start-up output; holds no secret. */
  readonly description: string;
  close(): Promise<void>;
}

/** Opens and migrates the configured database. */
export async function openDatabase(config: DatabaseConfig, log: Logger): Promise<Database> {
  return config.kind === "postgres" ? openPostgres(config.url, log) : openEmbedded(config.dataDir);
}

async function openEmbedded(dataDir: string | null): Promise<Database> {
  const { PGlite } = await import("@electric-sql/pglite");
  if (dataDir === null)
    return openPGlite(await PGlite.create(), "embedded PostgreSQL (PGlite), in memory: nothing is kept");
  const unlock = lockDataDir(dataDir);
  try {
    const database = await openPGlite(
      await PGlite.create(`${dataDir}/pglite`),
      `embedded PostgreSQL (PGlite) in ${dataDir}`,
    );
    return { ...database, close: () => database.close().finally(unlock) };
  } catch (error) {
    unlock();
    throw error;
  }
}

/** A Database on an embedded PostgreSQL that is already running; closing it ends that too. */
export async function openPGlite(pglite: PGlite, description: string): Promise<Database> {
  await pglite.exec("SET TIME ZONE 'UTC'");
  const connection: SqlConnection = {
    exec: async (sql) => void (await pglite.exec(sql)),
    query: async <Row>(sql: string, parameters?: unknown[]) => (await pglite.query<Row>(sql, parameters)).rows,
  };
  await migrate(connection);
  const db = new PrismaClient({ adapter: new PrismaPGlite(pglite), transactionOptions: TRANSACTION_OPTIONS });
  return {
    db,
    description,
    close: async () => {
      await db.$disconnect();
      await pglite.close();
    },
  };
}
