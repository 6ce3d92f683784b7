import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PGlite } from "@electric-sql/pglite";
import type { TestProject } from "vitest/node";
import { openPGlite } from "../../src/db/pglite.js";
import { startPostgres } from "./database/postgres.js";

declare module "vitest" {
  interface ProvidedContext {
    /** A dumped data directory of a migrated, empty, embedded database. */
    embeddedTemplate: string;
    /** A real PostgreSQL server's maintenance database; null if this machine has no PostgreSQL. */
    postgresUrl: string | null;
  }
}

/** Once for all test files: a migrated embedded database to clone, since a fresh one takes seconds, and a PostgreSQL server. */
export default async function setup({ provide }: TestProject): Promise<() => Promise<void>> {
  const folder = mkdtempSync(join(tmpdir(), "tollgate-test-"));
  const template = join(folder, "embedded.tar");
  const [postgres] = await Promise.all([startPostgres(join(folder, "postgres")), dumpTemplate(template)]);
  if (!postgres && process.env.REQUIRE_POSTGRES) {
    throw new Error("REQUIRE_POSTGRES is set, and no initdb was found: install PostgreSQL.");
  }
  provide("embeddedTemplate", template);
  provide("postgresUrl", postgres?.url ?? null);
  return async () => {
    await postgres?.stop();
    rmSync(folder, { recursive: true, force: true });
  };
}

async function dumpTemplate(file: string): Promise<void> {
  const pglite = await PGlite.create();
  const database = await openPGlite(pglite, "template");
  const dump = await pglite.dumpDataDir("none");
  writeFileSync(file, Buffer.from(await dump.arrayBuffer()));
  await database.close();
}
