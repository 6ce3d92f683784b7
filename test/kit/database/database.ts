import { Client } from "pg";
import { inject } from "vitest";
import type { Database } from "../../../src/db/client.js";
import { openDatabase } from "../../../src/db/database.js";
import { openPGlite } from "../../../src/db/embedded/pglite.js";
import { preparedOn } from "../../../src/db/embedded/prepared.js";
import { startInMemory } from "../../../src/db/embedded/start-pglite.js";
import type { SendStatement } from "../../../src/db/statement.js";
import { newId } from "../../../src/lib/ids.js";
import { createLog } from "../../../src/lib/log.js";

export type Engine = "embedded" | "postgres";

/** Whether this machine has a PostgreSQL for the tests; CI must. */
export const hasPostgres = (): boolean => inject("postgresUrl") !== null;

/** Each engine that can be tested here. */
export const engines = (): Engine[] => (hasPostgres() ? ["embedded", "postgres"] : ["embedded"]);

export interface TestDatabase extends Database {
  /**
   * Statements sent so far, or those that contain a text, but for those that begin and end transactions; counted on the
   * embedded engine only.
   */
  statements(containing?: string): number;
  /** What work sends to the database, word for word, with its values; on the embedded engine only. */
  sentBy(work: () => Promise<unknown>): Promise<SentStatement[]>;
}

export interface SentStatement {
  readonly text: string;
  readonly values: unknown[];
}

/** A migrated, empty database of this test file's own. */
export async function createDatabase(engine: Engine): Promise<TestDatabase> {
  if (engine === "embedded") return createEmbedded();
  return openTestDatabase(await createPostgresUrl());
}

/** The same on a server that the test has chosen; what becomes of its connections goes to the log. */
export async function openTestDatabase(url: string, log = createLog("silent")): Promise<TestDatabase> {
  return {
    ...(await openDatabase({ kind: "postgres", url }, log)),
    statements: () => Number.NaN,
    sentBy: () => Promise.reject(new Error("Only the embedded engine hears what is sent.")),
  };
}

async function createEmbedded(): Promise<TestDatabase> {
  const pglite = await startInMemory(inject("embeddedTemplate"));
  const sent: string[] = [];
  let heard: SentStatement[] | null = null;
  const hear = (text: string, values: unknown[]): void => {
    sent.push(text);
    heard?.push({ text, values });
  };
  // Prisma sends its statements in one way, and the named ones go in another.
  const query = pglite.query.bind(pglite);
  pglite.query = (...parameters: Parameters<typeof query>) => {
    hear(parameters[0], parameters[1] ?? []);
    return query(...parameters) as never;
  };
  const prepared = preparedOn(pglite);
  const send: SendStatement = (name, text, values) => {
    hear(text, values);
    return prepared(name, text, values);
  };
  const sentBy = async (work: () => Promise<unknown>): Promise<SentStatement[]> => {
    const ofWork: SentStatement[] = [];
    heard = ofWork;
    await work().finally(() => {
      heard = null;
    });
    return ofWork;
  };
  return {
    ...(await openPGlite(pglite, "test", { send })),
    statements: (containing = "") => sent.filter((text) => text.includes(containing)).length,
    sentBy,
  };
}

/** The URL of a new, empty PostgreSQL database. */
export async function createPostgresUrl(): Promise<string> {
  const server = inject("postgresUrl");
  if (!server) throw new Error("This machine has no PostgreSQL.");
  const name = `test_${newId().replaceAll("-", "")}`;
  const client = new Client({ connectionString: server });
  await client.connect();
  await client.query(`CREATE DATABASE ${name}`);
  await client.end();
  return server.replace(/\/postgres$/, `/${name}`);
}
