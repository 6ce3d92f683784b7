import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll } from "vitest";
import { type PostgresServer, startPostgres } from "./postgres.js";

export interface OwnPostgres extends PostgresServer {
  /** Where its data and its settings are. */
  readonly dataFolder: string;
}

/** A PostgreSQL for the tests of one `describe` alone, which may stop it and start it again. */
export function usePostgres(): OwnPostgres {
  let folder = "";
  let started: PostgresServer | null = null;
  const server = () => {
    if (!started) throw new Error("PostgreSQL is there only inside tests.");
    return started;
  };
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "tollgate-postgres-"));
    started = await startPostgres(join(folder, "server"));
  }, 120_000);
  afterAll(async () => {
    await started?.stop();
    rmSync(folder, { recursive: true, force: true });
  });
  return {
    get url() {
      return server().url;
    },
    get dataFolder() {
      return join(folder, "server", "data");
    },
    start: () => server().start(),
    stop: () => server().stop(),
  };
}
