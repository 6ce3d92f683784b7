import { spawn } from "node:child_process";
import { once } from "node:events";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { buildGateway, type GatewayProcess, startGatewayProcess } from "../kit/gateway/gateway-process.js";

beforeAll(buildGateway, 120_000);

describe("the first start on an embedded database", { timeout: 120_000 }, () => {
  it("copies the template that the build made, and leaves nothing else", async () => {
    const dataDir = temporaryFolder();
    const gateway = await start(dataDir);
    expect(entriesOf(dataDir)).toEqual(["pglite"]);
    expect(systemIdOf(join(dataDir, "pglite"))).toBe(systemIdOf(builtTemplate()));
    expect(statSync(join(dataDir, "pglite")).mode & 0o777).toBe(0o700);
    await stopped(gateway);
    await stopped(await start(dataDir));
  });

  it("copies it into memory, if nothing is to be kept", async () => {
    const gateway = await start("memory");
    expect(await organizations(gateway)).toEqual([]);
    await stopped(gateway);
  });

  it("makes a database if the template is of other migrations", async () => {
    const project = copyOfProject();
    addMigration(project);
    const dataDir = temporaryFolder();
    const gateway = await start(dataDir, project);
    expect(await organizations(gateway)).toEqual([{ id: "migrated" }]);
    await stopped(gateway);
    expect(systemIdOf(join(dataDir, "pglite"))).not.toBe(systemIdOf(builtTemplate()));
  });

  it("makes a database if new ones are made in another way than the template", async () => {
    const project = copyOfProject();
    for (const name of readdirSync(join(project, "dist/db/embedded"))) {
      const path = join(project, "dist/db/embedded", name);
      writeFileSync(path, readFileSync(path, "utf8").replace("--wal-segsize=1", "--wal-segsize=2"));
    }
    const dataDir = temporaryFolder();
    await stopped(await start(dataDir, project));
    expect(systemIdOf(join(dataDir, "pglite"))).not.toBe(systemIdOf(builtTemplate()));
  });

  it("takes no template that a killed build left", async () => {
    const project = copyOfProject();
    rmSync(join(project, "dist/embedded"), { recursive: true });
    const killed = spawn(process.execPath, ["--input-type=module", "-e", MAKE_TEMPLATE], { cwd: project });
    const ended = once(killed, "exit");
    await expect.poll(() => namesIn(join(project, "dist/embedded")), { timeout: 60_000 }).toHaveLength(1);
    killed.kill("SIGKILL");
    await ended;
    expect(namesIn(join(project, "dist/embedded"))).toEqual([expect.stringMatching(/unfinished/)]);
  });

  it("is followed by starts of newer versions, which migrate", async () => {
    const dataDir = temporaryFolder();
    await stopped(await start(dataDir));
    const project = copyOfProject();
    addMigration(project);
    const gateway = await start(dataDir, project);
    expect(await organizations(gateway)).toEqual([{ id: "migrated" }]);
    await stopped(gateway);
    expect(systemIdOf(join(dataDir, "pglite"))).toBe(systemIdOf(builtTemplate()));
  });

  it("may be killed at any moment, and the next one makes a whole database", async () => {
    const project = copyOfProject();
    rmSync(join(project, "dist/embedded"), { recursive: true });
    const dataDir = temporaryFolder();
    const killed = spawn(process.execPath, ["dist/main.js"], {
      cwd: project,
      env: { ...process.env, DATABASE_URL: "", DATA_DIR: dataDir, PORT: "0" },
      stdio: "ignore",
    });
    const ended = once(killed, "exit");
    await expect.poll(() => entriesOf(dataDir), { timeout: 60_000 }).toEqual([expect.stringMatching(/unfinished/)]);
    killed.kill("SIGKILL");
    await ended;
    expect(entriesOf(dataDir)).not.toContain("pglite");

    const gateway = await start(dataDir, project);
    expect(await organizations(gateway)).toEqual([]);
    await stopped(gateway);
    await stopped(await start(dataDir, project));
    expect(entriesOf(dataDir)).toEqual(["pglite"]);
    await stopped(await start("memory", project));
  });

  it("refuses a folder that holds something else, and leaves it as it is", async () => {
    const dataDir = temporaryFolder();
    mkdirSync(join(dataDir, "pglite"));
    writeFileSync(join(dataDir, "pglite", "notes.txt"), "mine");
    expect(await refusal(dataDir)).toMatch(
      /pglite holds something, but no database: it has no file PG_VERSION\. Move it away/,
    );
    expect(readFileSync(join(dataDir, "pglite", "notes.txt"), "utf8")).toBe("mine");
    expect(entriesOf(dataDir)).toEqual(["pglite"]);
  });

  it.each([
    ["global/pg_control", 'could not open file "global/pg_control": No such file or directory.'],
    ["postgresql.conf", "postgres: could not access the server configuration file"],
    ["base/5", 'database "postgres" does not exist.'],
  ])("refuses a database without its %s, says what PostgreSQL says, and leaves it as it is", async (missing, words) => {
    const dataDir = temporaryFolder();
    const folder = join(dataDir, "pglite");
    cpSync(builtTemplate(), folder, { recursive: true });
    rmSync(join(folder, missing), { recursive: true });
    const said = await refusal(dataDir);
    expect(said).toContain(`The database in ${folder} cannot be started. PostgreSQL says: ${words}`);
    expect(said.trim().split("\n")).toHaveLength(1);
    expect(entriesOf(dataDir)).toEqual(["pglite"]);
    expect(readdirSync(folder)).toContain("PG_VERSION");
  });
});

function start(dataDir: string, project?: string): Promise<GatewayProcess> {
  return startGatewayProcess({ DATA_DIR: dataDir }, project);
}

async function stopped(gateway: GatewayProcess): Promise<void> {
  gateway.signal("SIGTERM");
  expect(await gateway.ended).toBe(0);
}

/** What a gateway says that refuses to start. */
async function refusal(dataDir: string): Promise<string> {
  const gateway = spawn(process.execPath, ["dist/main.js"], {
    env: { ...process.env, DATABASE_URL: "", DATA_DIR: dataDir, PORT: "0" },
    stdio: ["ignore", "ignore", "pipe"],
  });
  const said: string[] = [];
  gateway.stderr.setEncoding("utf8").on("data", (text: string) => said.push(text));
  expect(await once(gateway, "close")).toEqual([1, null]);
  return said.join("");
}

const MAKE_TEMPLATE = `
  import { makeTemplate } from "./dist/db/embedded/make-template.js";
  import { templateFolder } from "./dist/db/embedded/template.js";
  await makeTemplate(templateFolder());
`;

const namesIn = (folder: string): string[] => (existsSync(folder) ? readdirSync(folder) : []);

const ORGANIZATIONS = "{ organizations { nodes { id } } }";

async function organizations(gateway: GatewayProcess): Promise<unknown> {
  return (await gateway.client("sk-admin-key-change-me").data(ORGANIZATIONS)).organizations.nodes;
}

function temporaryFolder(within = tmpdir()): string {
  const folder = mkdtempSync(join(within, "tollgate-first-start-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 }));
  return folder;
}

/**
 * What a started gateway needs of the project, in a place where it can be changed. It is below node_modules, where Node
 * finds the packages: through a symbolic link to them, Node 20 sometimes loads one twice.
 */
function copyOfProject(): string {
  mkdirSync("node_modules/.cache", { recursive: true });
  const project = temporaryFolder(resolve("node_modules/.cache"));
  const filter = (path: string) => !path.endsWith(".map") && !path.endsWith("graphiql");
  for (const name of ["dist", "prisma", "package.json"]) cpSync(name, join(project, name), { recursive: true, filter });
  return project;
}

function addMigration(project: string): void {
  const folder = join(project, "prisma/migrations/20990101000000_later");
  mkdirSync(folder);
  const sql = "INSERT INTO organizations (id, name, created_at, updated_at) VALUES ('migrated', 'M', now(), now());";
  writeFileSync(join(folder, "migration.sql"), sql);
}

function builtTemplate(): string {
  const [name = ""] = readdirSync("dist/embedded");
  return join("dist/embedded", name);
}

/** What is in a DATA_DIR, but for its lock. */
const entriesOf = (dataDir: string): string[] => readdirSync(dataDir).filter((name) => !name.startsWith("tollgate"));

/** The number that PostgreSQL gives to a database when it is made. Copies have that of the original. */
const systemIdOf = (folder: string): bigint => readFileSync(join(folder, "global/pg_control")).readBigUInt64LE(0);
