// `npm run migration -- <name>` writes the migration that brings a migrated database to what schema.prisma says.
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { PGlite } from "@electric-sql/pglite";
import { openPGlite } from "../src/db/embedded/pglite.js";
import { schemaDiff } from "./schema-diff.js";

/** The reason why a migration is not written, which is shown without a stack. */
export class Refused extends Error {}

interface Options {
  /** The folder of all migrations. The new one gets its own folder in it. */
  readonly folder: string;
  readonly now: Date;
  /** Returns the SQL of the migration, or "" if there is nothing to do. */
  readonly diff: () => Promise<string>;
}

/**
 * Writes `<folder>/<UTC yyyymmddhhmmss>_<name>/migration.sql` and returns its path. Writes nothing if it throws
 * Refused.
 */
export async function newMigration(name: string | undefined, { folder, now, diff }: Options): Promise<string> {
  if (!name) throw new Refused("A migration needs a name: npm run migration -- <name>, such as add_team_budget.");
  if (!/^[a-z][a-z0-9]*(_[a-z0-9]+)*$/.test(name) || name.length > 100)
    throw new Refused(
      `A migration's name must be lower-case words joined by _, such as add_team_budget; got ${JSON.stringify(name)}.`,
    );
  const migration = `${now.toISOString().replace(/\D/g, "").slice(0, 14)}_${name}`;
  const newest = existsSync(folder)
    ? readdirSync(folder)
        .filter((entry) => /^\d{14}_/.test(entry))
        .sort()
        .at(-1)
    : undefined;
  // Migrations are applied in the order of their names.
  if (newest && newest >= migration)
    throw new Refused(`The newest migration is ${newest}: ${migration} would come before it.`);
  const sql = await diff();
  if (sql === "")
    throw new Refused("The migrations already make what prisma/schema.prisma says: there is nothing to write.");
  mkdirSync(join(folder, migration), { recursive: true });
  const file = join(folder, migration, "migration.sql");
  writeFileSync(file, sql);
  return file;
}

async function diffOfThisProject(): Promise<string> {
  const pglite = await PGlite.create();
  const database = await openPGlite(pglite, "migrated");
  try {
    return await schemaDiff(pglite);
  } finally {
    await database.close();
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const folder = fileURLToPath(new URL("../prisma/migrations", import.meta.url));
  try {
    const file = await newMigration(process.argv[2], { folder, now: new Date(), diff: diffOfThisProject });
    // From now on the compiler knows the new columns, and names the rows that lack them.
    spawnSync("npx", ["prisma", "generate"], { stdio: "inherit" });
    console.log(`${file}\nRead it, and add what schema.prisma cannot say: CHECK constraints, triggers, data.`);
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    console.error(error.message);
    process.exitCode = 1;
  }
}
