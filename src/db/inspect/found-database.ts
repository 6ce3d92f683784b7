import { pendingMigrations, type SqlConnection } from "../migrate.js";

/** What is found of a database before a start. */
export interface FoundDatabase {
  /** Its kind, place and version. It contains no secret. */
  readonly description: string;
  /** The migrations that it lacks. */
  readonly pending: readonly string[];
}

/** Reads from a connection what is to be said of its database. `kind` names the database. */
export async function findOn(connection: SqlConnection, kind: string): Promise<FoundDatabase> {
  const [server] = await connection.query<{ server_version: string }>("SHOW server_version");
  const description = `${kind}, version ${server?.server_version ?? "unknown"}`;
  return { description, pending: await pendingMigrations(connection) };
}
