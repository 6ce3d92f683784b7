import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Client } from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { hasPostgres } from "../kit/database/database.js";
import { usePostgres } from "../kit/database/use-postgres.js";
import { manifestOf, writeManifest } from "../kit/documents/manifest.js";
import { buildGateway } from "../kit/gateway/gateway-process.js";
import { runGateway } from "../kit/gateway/program.js";

const SIMULATED = { SIMULATED: "on" };
/** A start that is refused at once loads the code, and does not wait for START_WAIT_MS. */
const AT_ONCE_MS = 20_000;

const folder = mkdtempSync(join(tmpdir(), "tollgate-starts-"));
beforeAll(buildGateway, 120_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** What a gateway says that refuses to start, which is all that it says. */
async function refusal(env: Record<string, string>): Promise<string> {
  const began = performance.now();
  const { ended, lines } = runGateway(env);
  expect(await ended).toBe(1);
  expect(performance.now() - began).toBeLessThan(AT_ONCE_MS);
  expect(lines, lines.join("\n")).toHaveLength(1);
  return lines[0] ?? "";
}

describe.runIf(hasPostgres())("A start is refused at once, with one sentence and without a password, if", () => {
  const postgres = usePostgres();
  const asSomebody = (login: string, database = "postgres") => {
    const { host } = new URL(postgres.url);
    return { ...SIMULATED, DATABASE_URL: `postgres://${login}@${host}/${database}` };
  };
  const place = () => new URL(postgres.url).host;

  beforeAll(async () => {
    const logins = ["tollgate trust", "barred reject", "all scram-sha-256"];
    const rules = logins.map((login) => `host all ${login.replace(" ", " 127.0.0.1/32 ")}\n`);
    writeFileSync(join(postgres.dataFolder, "pg_hba.conf"), rules.join(""));
    const client = new Client({ connectionString: postgres.url });
    await client.connect();
    await client.query("CREATE USER lodger PASSWORD 'hunter2'; CREATE USER barred PASSWORD 'hunter2'");
    await client.query("REVOKE CREATE ON SCHEMA public FROM PUBLIC");
    await client.query("CREATE DATABASE closed");
    await client.query("REVOKE CONNECT ON DATABASE closed FROM PUBLIC");
    await client.query("SELECT pg_reload_conf()");
    await client.end();
  }, 60_000);

  it("its password is wrong", async () => {
    expect(await refusal(asSomebody("lodger:hunter3"))).toBe(
      `The database at ${place()} refuses the login of DATABASE_URL: password authentication failed for user "lodger".`,
    );
  });

  it("its user is not let in", async () => {
    const said = await refusal(asSomebody("barred:hunter2"));
    expect(said).toContain(
      `The database at ${place()} refuses the login of DATABASE_URL: pg_hba.conf rejects connection`,
    );
    expect(said).not.toContain("hunter2");
  });

  it("the database does not exist", async () => {
    expect(await refusal(asSomebody("lodger:hunter2", "absent"))).toBe(
      `The database "absent" of DATABASE_URL does not exist at ${place()}. Create it, or correct its name.`,
    );
  });

  it("its user may not connect to the database, or not make tables in it", async () => {
    expect(await refusal(asSomebody("lodger:hunter2", "closed"))).toBe(
      'The user "lodger" of DATABASE_URL lacks a right in the database "closed": permission denied for database "closed".',
    );
    expect(await refusal(asSomebody("lodger:hunter2"))).toBe(
      'The user "lodger" of DATABASE_URL lacks a right in the database "postgres": permission denied for schema public.',
    );
  });

  it("it takes no changes, as a standby does", async () => {
    const client = new Client({ connectionString: postgres.url });
    await client.connect();
    await client.query("CREATE USER reader PASSWORD 'hunter2'; GRANT ALL ON SCHEMA public TO reader");
    await client.query("ALTER USER reader SET default_transaction_read_only = on");
    await client.end();
    const sentence = `The database "postgres" of DATABASE_URL takes no changes. Name the primary server, and not a standby.`;
    const env = asSomebody("reader:hunter2");
    expect(await refusal(env)).toBe(sentence);
    const { ended, lines } = runGateway(env, { parameters: ["--check"] });
    expect(await ended).toBe(1);
    expect(lines).toContainEqual(`Database       failed  ${sentence}`);
  });

  it("the address asks for what the server or this machine lacks", async () => {
    const cannotBeUsed = `The database at ${place()}, from DATABASE_URL, cannot be used: `;
    const [ssl, certificate] = ["postgres?sslmode=verify-full", "postgres?sslrootcert=/no-such-file"].map((database) =>
      asSomebody("lodger:hunter2", database),
    );
    expect(await refusal(ssl ?? {})).toBe(`${cannotBeUsed}The server does not support SSL connections.`);
    const said = await refusal(certificate ?? {});
    expect(said).toContain(`${cannotBeUsed}ENOENT`);
    expect(said).not.toContain("hunter2");
  });

  it("the host is unknown", async () => {
    expect(await refusal({ ...SIMULATED, DATABASE_URL: "postgres://u:hunter2@no-such-host.invalid/db" })).toMatch(
      /^The host no-such-host\.invalid of DATABASE_URL is not known/,
    );
  });
});

describe("A start is refused at once, with one sentence, if", () => {
  it("DATA_DIR is a file, or is below a file", async () => {
    const file = join(folder, "file");
    writeFileSync(file, "mine");
    const reason = "cannot be made: a file is in its place, or in that of a folder above it";
    expect(await refusal({ DATA_DIR: file })).toBe(`DATA_DIR ${file} ${reason} (EEXIST). Choose another DATA_DIR.`);
    const below = join(file, "below");
    expect(await refusal({ DATA_DIR: below })).toBe(`DATA_DIR ${below} ${reason} (ENOTDIR). Choose another DATA_DIR.`);
  });

  it("the place of the database in DATA_DIR is taken by a file", async () => {
    const dataDir = join(folder, "taken");
    mkdirSync(dataDir);
    writeFileSync(join(dataDir, "pglite"), "mine");
    expect(await refusal({ DATA_DIR: dataDir })).toContain("pglite holds something, but no database");
  });

  // Root may write everywhere.
  it.skipIf(process.getuid?.() === 0)("DATA_DIR may not be made", async () => {
    const closed = join(folder, "closed");
    mkdirSync(closed);
    chmodSync(closed, 0o500);
    expect(await refusal({ DATA_DIR: join(closed, "data") })).toMatch(
      /cannot be made: EACCES\. Choose another DATA_DIR\.$/,
    );
  });
});

describe("A start with a list of trusted documents", () => {
  const entry = { id: "a", name: "A", type: "query", body: "query A { nothing }" };
  const sentence = (file: string) =>
    `TRUSTED_DOCUMENTS ${file} cannot be used: operations[0], query "A" with the id "a", does not fit the schema: Cannot query field "nothing" on type "Query".`;

  it("is refused with one sentence if the list cannot be used, and so says --check", async () => {
    const file = writeManifest(manifestOf([entry]));
    expect(await refusal({ ...SIMULATED, TRUSTED_DOCUMENTS: file })).toBe(sentence(file));
    const { ended, lines } = runGateway({ ...SIMULATED, TRUSTED_DOCUMENTS: file }, { parameters: ["--check"] });
    expect(await ended).toBe(1);
    expect(lines).toContainEqual(`Documents      failed  ${sentence(file)}`);
  });

  it("goes on if the list can be used, and --check says how long it is", async () => {
    const file = writeManifest(manifestOf([{ ...entry, body: "query A { viewer { __typename } }" }]));
    const { ended, lines } = runGateway({ ...SIMULATED, TRUSTED_DOCUMENTS: file }, { parameters: ["--check"] });
    expect(await ended).toBe(0);
    expect(lines).toContainEqual(`Documents      ok      ${file} lists 1 trusted documents.`);
  });
});

describe("Before anything else a start names", () => {
  it("the variables that it does not know", async () => {
    const cwd = join(folder, "named");
    mkdirSync(cwd);
    writeFileSync(join(cwd, ".env"), "UPSTREAM_ULR=http://127.0.0.1:4000/v1\nADMIN_KEY=sk-0123456789abcdef\n");
    const { ended, errors } = runGateway({ SIMULATD: "off" }, { cwd });
    expect(await ended).toBe(1);
    expect(errors).toEqual([
      "UPSTREAM_ULR in .env is not a variable of Tollgate. Did you mean UPSTREAM_URL?",
      "SIMULATD in the environment is not a variable of Tollgate. Did you mean SIMULATED?",
      "The configuration has a mistake:",
      expect.stringContaining("UPSTREAM_URL is not set, although ADMIN_KEY is"),
    ]);
  });

  it("them also if it then listens", async () => {
    const gateway = runGateway({ PROT: "1", LOG_LEVLE: "silent" });
    await gateway.says(/Tollgate is listening/);
    expect(gateway.lines[0]).toContain("Did you mean LOG_LEVEL?");
    expect(gateway.errors).toHaveLength(1);
  });

  it("that its .env cannot be read", async () => {
    const cwd = join(folder, "unreadable");
    mkdirSync(join(cwd, ".env"), { recursive: true });
    const { ended, lines } = runGateway({}, { cwd });
    expect(await ended).toBe(1);
    expect(lines).toEqual(["The file .env cannot be read: EISDIR."]);
  });
});
