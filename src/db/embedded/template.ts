import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { readMigrations } from "../migrate.js";
import { RECIPE } from "./recipe.js";

/** This is the same directory from the folder of this file in src/ and in dist/. */
const TEMPLATES = fileURLToPath(new URL("../../../dist/embedded/", import.meta.url));

/**
 * The folder of the template that fits this version of the embedded PostgreSQL, this recipe and these migrations. A
 * template is a migrated database without rows. `npm run build` makes it, so that a first start only copies it.
 */
export function templateFolder(): string {
  const fits = createHash("sha256").update(`${pgliteVersion()}\n${JSON.stringify(RECIPE)}`);
  for (const { name, checksum } of readMigrations()) fits.update(`\n${name} ${checksum}`);
  return join(TEMPLATES, fits.digest("hex").slice(0, 16));
}

/** The same, or null if it was not built. */
export function findTemplate(): string | null {
  const folder = templateFolder();
  return existsSync(folder) ? folder : null;
}

function pgliteVersion(): string {
  const main = createRequire(import.meta.url).resolve("@electric-sql/pglite");
  return JSON.parse(readFileSync(join(main, "../../package.json"), "utf8")).version;
}
