// `npm run build` makes the Prisma client, and what `dist/` holds: the compiled server, GraphiQL's bundle, the
// console and the template of the embedded database.
//   --if-needed   does nothing if dist is newer than its sources (`npm start`)
//   --prepare     does the same, and nothing if the tools were left out, as `npm ci --omit=dev` does (`npm ci`)
import { spawnSync } from "node:child_process";
import { chmodSync, existsSync, readdirSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { join, sep } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../", import.meta.url));
const dist = join(root, "dist");
const stamp = join(dist, ".built");
const sources = ["src", "console", "prisma", "scripts", "prisma.config.ts", "tsconfig.json", "package-lock.json"];
const generated = join(root, "src", "generated") + sep;
const tools = ["prisma", "typescript", "esbuild", "graphiql", "vite"];

// A reader of the output that goes away, such as `head`, does not end the build, and with it `npm start`.
process.stdout.on("error", () => {});

const mode = process.argv[2] ?? "--always";
if (!["--always", "--if-needed", "--prepare"].includes(mode)) fail(`unknown option ${mode}`);
if (mode === "--prepare" && !tools.every((tool) => existsSync(join(root, "node_modules", tool)))) process.exit(0);
if (mode !== "--always" && isFresh()) process.exit(0);

try {
  await step("Prisma client", () => run("prisma", "generate"));
  const sourcesReadAt = new Date();
  rmSync(dist, { recursive: true, force: true });
  await step("Server", () => run("tsc", "-p", "tsconfig.json"));
  await step("GraphiQL", async () => {
    const { bundleGraphiql } = await import("./graphiql/bundle.mjs");
    return bundleGraphiql(join(dist, "graphiql"));
  });
  await step("Console", async () => {
    const { bundleConsole } = await import("./console/bundle.mjs");
    return bundleConsole(join(dist, "console"));
  });
  await step("Database", async () => {
    const { templateFolder } = await import("../dist/db/embedded/template.js");
    const { makeTemplate } = await import("../dist/db/embedded/make-template.js");
    const folder = templateFolder();
    await makeTemplate(folder);
    // PostgreSQL lets nobody else read its files. These hold no rows yet, and the gateway may run as another user than
    // the one who built it, as in the image.
    for (const path of walk(folder)) chmodSync(path, statSync(path).isDirectory() ? 0o755 : 0o644);
  });
  // The stamp comes last, so that a failed build is never fresh. It is dated before the sources were read, so that the
  // next build sees an edit during this one.
  writeFileSync(stamp, "");
  utimesSync(stamp, sourcesReadAt, sourcesReadAt);
} catch (error) {
  fail(error.message);
}

function isFresh() {
  if (!existsSync(stamp) || !existsSync(generated)) return false;
  const builtAt = statSync(stamp).mtimeMs;
  return sources.flatMap((name) => walk(join(root, name))).every((path) => statSync(path).mtimeMs < builtAt);
}

/** Returns a path and all below it. Directories count too, because a deleted file changes only its directory. */
function walk(path) {
  if (!statSync(path).isDirectory()) return [path];
  const below = readdirSync(path, { recursive: true }).map((name) => join(path, name));
  return [path, ...below.filter((name) => !`${name}${sep}`.startsWith(generated))];
}

async function step(title, work) {
  const began = performance.now();
  const detail = (await work()) ?? "";
  console.log(`build: ${title.padEnd(14)} ${((performance.now() - began) / 1000).toFixed(1)} s  ${detail}`.trimEnd());
}

/** Runs a tool, and shows its output only if it fails. */
function run(tool, ...args) {
  const bin = join(root, "node_modules", ".bin", tool);
  const done = spawnSync(bin, args, { cwd: root, encoding: "utf8", shell: process.platform === "win32" });
  if (done.error)
    throw new Error(`${tool} cannot be run (${done.error.code}): run 'npm ci' first, with devDependencies.`);
  if (done.status !== 0) throw new Error(`${tool} ${args.join(" ")} failed\n${done.stdout}${done.stderr}`);
}

function fail(message) {
  console.error(`build: ${message}`);
  process.exit(1);
}
