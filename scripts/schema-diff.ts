import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { PGlite } from "@electric-sql/pglite";
import { bindMigrationAwareSqlAdapterFactory } from "@prisma/driver-adapter-utils";
import * as engineModule from "@prisma/schema-engine-wasm/schema_engine_bg";
import { PrismaPGlite } from "pglite-prisma-adapter";

/** Node has WebAssembly, but @types/node 20 declares only its types. */
declare const WebAssembly: {
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (module: object, imports: object) => { readonly exports: Record<string, unknown> };
};

export const readSchema = (): string => readFileSync(new URL("../prisma/schema.prisma", import.meta.url), "utf8");

/** The parts of the database that schema.prisma does not mention. */
const NOT_IN_SCHEMA = { externalTables: ["public._prisma_migrations"], externalEnums: [] };
/** The engine's exit code if there is a difference, as of `prisma migrate diff --exit-code`. */
const DIFFERENT = 2;

/**
 * Returns the SQL that would turn a database into what a Prisma schema says, or "" if they agree. Changes nothing. It
 * does not compare what Prisma's schemas cannot express: CHECK constraints, triggers and functions.
 */
export async function schemaDiff(pglite: PGlite, schema: string = readSchema()): Promise<string> {
  loadEngine();
  const files = [{ path: "schema.prisma", content: schema }];
  const adapter = bindMigrationAwareSqlAdapterFactory(new PrismaPGlite(pglite));
  const engine = await engineModule.SchemaEngine.new({ datamodels: [["schema.prisma", schema]] }, () => {}, adapter);
  try {
    const { exitCode, stdout } = await engine.diff({
      from: { tag: "schemaDatasource", files, configDir: "." },
      to: { tag: "schemaDatamodel", files },
      script: true,
      exitCode: true,
      filters: NOT_IN_SCHEMA,
    });
    return exitCode === DIFFERENT ? (stdout ?? "") : "";
  } finally {
    engine.free();
  }
}

let isLoaded = false;

/**
 * Loads the engine as the package's main module does for bundlers. That module imports WebAssembly, which Node 20
 * cannot.
 */
function loadEngine(): void {
  if (isLoaded) return;
  const file = createRequire(import.meta.url).resolve("@prisma/schema-engine-wasm/schema_engine_bg");
  const wasm = new WebAssembly.Module(readFileSync(file.replace(/\.js$/, ".wasm")));
  const { exports } = new WebAssembly.Instance(wasm, { "./schema_engine_bg.js": { ...engineModule } });
  engineModule.__wbg_set_wasm(exports);
  (exports.__wbindgen_start as () => void)();
  isLoaded = true;
}
