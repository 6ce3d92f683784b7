import { Socket } from "node:net";
import { type Client, type ClientBase, type CustomTypesConfig, Pool, types } from "pg";
import type { Logger } from "../../lib/log.js";
import { type Database, databaseOn } from "../client.js";
import type { PrepareSchema } from "../migrate.js";
import type { SendStatement } from "../statement.js";
import { Outage } from "./outage.js";
import { CONNECT_TIMEOUT_MS, withConnection } from "./postgres-connection.js";
import { placeOf } from "./start-failure.js";
import { WatchedPrismaPg } from "./watched-prisma-pg.js";

/** The most connections that one process has to PostgreSQL. */
const POOL_CONNECTIONS = 10;
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
 * Prepares the schema of a PostgreSQL database and opens it. Throws StartError if it cannot be used, which is NotUpYet if
 * it may be still starting. Whatever happens to the database later, every statement ends within a bounded time.
 */
export async function openPostgres(url: string, log: Logger, prepareSchema: PrepareSchema): Promise<Database> {
  await withConnection(url, prepareSchema);
  const pool = new Pool({
    connectionString: url,
    max: POOL_CONNECTIONS,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    onConnect: prepare,
  });
  // Nobody waits for an idle connection. If the database is away, the next statement tells.
  pool.on("error", (error) => log.debug({ error: error.message }, "An idle database connection broke."));
  const outage = new Outage(log);
  const nameOf = boundedNames();
  const adapter = new WatchedPrismaPg(outage, pool, { statementNameGenerator: ({ sql }) => nameOf(sql) });
  const send: SendStatement = async (name, text, values) =>
    (await outage.watch(pool.query({ name: name ?? nameOf(text), text, values, types: TYPES }))).rows;
  const database = databaseOn(
    { kind: "postgres", adapter, send, end: () => pool.end() },
    `PostgreSQL at ${placeOf(url)}`,
  );
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
  // Prisma's adapters ignore the offset of a timestamp and read it as UTC. To compile a statement takes longer than it runs.
  await client.query(`SET TIME ZONE 'UTC'; SET lock_timeout = ${LOCK_TIMEOUT_MS}; SET jit = off;
    SET statement_timeout = ${STATEMENT_TIMEOUT_MS}; SET idle_in_transaction_session_timeout = ${SILENCE_MAX_MS}`);
}
