import { spawnSync } from "node:child_process";
import { beforeAll, expect, inject, it } from "vitest";
import { buildGateway } from "../kit/gateway/gateway-process.js";

const OWN = `const { startInMemory } = await import("./dist/db/embedded/start-pglite.js");
  const pglite = await startInMemory(process.argv[1]);`;
const PLAIN = `const { PGlite } = await import("@electric-sql/pglite");
  const pglite = await PGlite.create();`;
/** V8 makes faster code of what runs so often, and then has something to throw away. */
const WORK = "for (let round = 0; round < 800; round++) await pglite.query('SELECT $1::text', ['x']); process.exit();";

beforeAll(buildGateway);

/** How often V8 collects code of WebAssembly that it has replaced, while a database works that is opened like this. */
function collections(open: string): number {
  const parameters = ["--trace-wasm-code-gc", "--input-type=module", "--eval", open + WORK, inject("embeddedTemplate")];
  const { stdout, status } = spawnSync(process.execPath, parameters, { encoding: "utf8" });
  expect(status).toBe(0);
  return stdout.split("[wasm-gc] Starting GC").length - 1;
}

it("Code of WebAssembly is kept, because a process may end when V8 throws it away", () => {
  expect(collections(PLAIN)).toBeGreaterThan(0);
  expect(collections(OWN)).toBe(0);
});
