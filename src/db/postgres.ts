import { Socket } from "node:net";
import { PrismaPg } from "@prisma/adapter-pg";
import { Client, type ClientBase, type CustomTypesConfig, Pool, types } from "pg";
import type { Logger } from "../lib/log.js";
import { StartError } from "../lib/start-error.js";
import { systemCode } from "../lib/system-code.js";
import { type Database, databaseOn } from "./client.js";
import { migrate } from "./migrate.js";
import type { SendStatement } from "./statement.js";

/** The most connections that one process has to PostgreSQL. */
const POOL_CONNECTIONS = 10;
/** The longest time for connecting, or for waiting until a connection is free. */
const CONNECT_TIMEOUT_MS = 10_000;
/** Our statements take milliseconds. One that waits longer for a lock waits for something that is stuck. */
const LOCK_TIMEOUT_MS = 2_000;
const STATEMENT_TIMEOUT_MS = 10_000;
/** A living server answers, or cancels the statement, long before this. The connection to a silent one is closed. */
const SILENCE_MAX_MS = 15_000;
/** How many statements without a name of their own are prepared. Named statements are a fixed list of some fifty. */
const PREPARED_MAX = 200;
/** A statement without a name is forgotten by the server when the next one comes. */
const UNNAMED = "";

/**
 * Migrates and opens a PostgreSQL database. Throws StartError if it cannot be reached. Whatever happens to the database
 * later, every statement ends within a bounded time.
 */
export async function openPostgres(url: string, log: Logger): Promise<Database> {
  await migrateFirst(url);
  const pool = new Pool({
    connectionString: url,
    max: POOL_CONNECTIONS,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    onConnect: prepare,
  });
  pool.on("error", (error) => log.warn({ error: error.message }, "An idle database connection broke."));
  const nameOf = boundedNames();
  const adapter = new PrismaPg(pool, { statementNameGenerator: ({ sql }) => nameOf(sql) });
  const send: SendStatement = async (name, text, values) =>
    (await pool.query({ name: name ?? nameOf(text), text, values, types: TYPES })).rows;
  const database = databaseOn({ adapter, send, end: () => pool.end() }, `PostgreSQL at ${new URL(url).host}`);
  const connections = () => {
    const { idleCount: idle, totalCount, waitingCount: waiting } = pool;
    return { idle, busy: totalCount - idle, waiting };
  };
  return { ...database, connections };
}

/** pg by itself makes a text of an int8. */
const TYPES: CustomTypesConfig = {
  getTypeParser: (type, format) => (type === types.builtins.INT8 ? BigInt : types.getTypeParser(type, format)),
};

/**
 * Names statements that Prisma writes, or that were put together, so that they are prepared once for a connection. The
 * first few get a name for good. Prisma writes another text for each length of a list, so that all of them would fill the
 * server's memory.
 */
function boundedNames(): (text: string) => string {
  const names = new Map<string, string>();
  return (text) => {
    const known = names.get(text);
    if (known !== undefined) return known;
    if (names.size >= PREPARED_MAX) return UNNAMED;
    const name = `unnamed-${names.size + 1}`;
    names.set(text, name);
    return name;
  };
}

async function prepare(client: ClientBase): Promise<void> {
  // The pool listens while a connection is idle, and a transaction a moment after it has got one. If the connection
  // breaks in between, and nobody listens, the process ends. Whoever has the connection learns of it by its next
  // statement, which fails.
  client.on("error", () => undefined);
  const { stream } = (client as Client).connection;
  if (stream instanceof Socket) stream.setTimeout(SILENCE_MAX_MS, () => stream.destroy());
  // Prisma's adapters ignore the offset of a timestamp and read it as UTC.
  await client.query(`SET TIME ZONE 'UTC'; SET lock_timeout = ${LOCK_TIMEOUT_MS};
    SET statement_timeout = ${STATEMENT_TIMEOUT_MS}; SET idle_in_transaction_session_timeout = ${SILENCE_MAX_MS}`);
}

/**
 * Migrates on a separate connection without time limits. A long migration may take its time, and so may the wait for
 * another process that migrates.
 */
async function migrateFirst(url: string): Promise<void> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: CONNECT_TIMEOUT_MS });
  await client.connect().catch((error) => refuseStart(url, error));
  // If the connection breaks, the statement that is running rejects. Without a listener the event would end the
  // process.
  client.on("error", () => undefined);
  try {
    await migrate({
      exec: async (sql) => void (await client.query(sql)),
      query: async <Row>(sql: string, parameters?: unknown[]) => (await client.query(sql, parameters)).rows as Row[],
    });
  } finally {
    await client.end();
  }
}

function refuseStart(url: string, error: unknown): never {
  const reason = systemCode(error) ?? (error instanceof Error ? error.message : String(error));
  throw new StartError(`The database at ${new URL(url).host}, from DATABASE_URL, cannot be used: ${reason}.`);
}
