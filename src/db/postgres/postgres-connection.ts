import { Client } from "pg";
import type { SqlConnection } from "../migrate.js";
import { connectFailure, startFailure } from "./start-failure.js";

/** The longest time for connecting, or for waiting until a connection is free. */
export const CONNECT_TIMEOUT_MS = 10_000;

/**
 * Gives the work of a start a separate connection to PostgreSQL without time limits: a long migration may take its time,
 * and so may the wait for another process that migrates. Throws StartError, or NotUpYet, if the database cannot be used.
 */
export async function withConnection<Result>(
  url: string,
  work: (connection: SqlConnection) => Promise<Result>,
): Promise<Result> {
  const client = await connect(url);
  try {
    return await work({
      exec: async (sql) => void (await client.query(sql)),
      query: async <Row>(sql: string, parameters?: unknown[]) => (await client.query(sql, parameters)).rows as Row[],
    });
  } catch (error) {
    throw startFailure(url, error) ?? error;
  } finally {
    await client.end();
  }
}

async function connect(url: string): Promise<Client> {
  try {
    const client = new Client({ connectionString: url, connectionTimeoutMillis: CONNECT_TIMEOUT_MS });
    // If the connection breaks, the statement that is running rejects. Without a listener the event would end the
    // process.
    client.on("error", () => undefined);
    await client.connect();
    return client;
  } catch (error) {
    throw connectFailure(url, error);
  }
}
