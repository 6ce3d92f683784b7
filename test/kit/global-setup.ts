import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestProject } from "vitest/node";
import { makeTemplate } from "../../src/db/embedded/make-template.js";
import { startPostgres } from "./database/postgres.js";

declare module "vitest" {
  interface ProvidedContext {
    /** The folder of a migrated, empty, embedded database. */
    embeddedTemplate: string;
    /** A real PostgreSQL server's maintenance database; null if this machine has no PostgreSQL. */
    postgresUrl: string | null;
  }
}

/** Once for all test files: a migrated embedded database to clone, since a fresh one takes seconds, and a PostgreSQL server. */
export default async function setup({ provide }: TestProject): Promise<() => Promise<void>> {
  const folder = mkdtempSync(join(tmpdir(), "tollgate-test-"));
  const template = join(folder, "embedded");
  const [postgres] = await Promise.all([startPostgres(join(folder, "postgres")), makeTemplate(template)]);
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
