import { chmod, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Client } from "pg";
import { type PostgresServer, startPostgres } from "../../test/kit/database/postgres.js";
import { cpuSecondsOf, pin } from "./cores.js";

/** As in production: what was committed survives a loss of power. The rest are defaults. */
const SETTINGS = { fsync: "on", synchronous_commit: "on", shared_buffers: "512MB" };
const COUNTING = { shared_preload_libraries: "pg_stat_statements" };

const USE_OF_DATABASES = `SELECT datname AS name, COALESCE(sum(calls), 0)::float8 AS statements,
    COALESCE(sum(total_exec_time), 0)::float8 AS ms
  FROM pg_database LEFT JOIN pg_stat_statements ON dbid = pg_database.oid GROUP BY datname`;

/** A PostgreSQL server of this run. */
export class BenchPostgres {
  private copies = 0;

  private constructor(
    private readonly server: PostgresServer,
    private readonly folder: string,
    private readonly admin: Client,
    private readonly countsStatements: boolean,
    readonly version: string,
  ) {}

  /** Starts one. Returns undefined if the machine does not have PostgreSQL's programs. */
  static async start(): Promise<BenchPostgres | undefined> {
    const folder = await mkdtemp(join(tmpdir(), "bench-postgres-"));
    await chmod(folder, 0o755);
    const counting = await startPostgres(join(folder, "counting"), { ...SETTINGS, ...COUNTING }).catch(() => undefined);
    const server = counting ?? (await startPostgres(join(folder, "plain"), SETTINGS));
    if (!server) return undefined;
    const [pid] = (
      await readFile(join(folder, counting ? "counting" : "plain", "data", "postmaster.pid"), "utf8")
    ).split("\n");
    pin(Number(pid), "others");
    const admin = new Client({ connectionString: server.url });
    await admin.connect();
    const { rows } = await admin.query("SHOW server_version");
    const postgres = new BenchPostgres(server, folder, admin, counting !== undefined, rows[0].server_version);
    if (counting) await admin.query("CREATE EXTENSION pg_stat_statements");
    await postgres.count("none");
    return postgres;
  }

  /** Makes an empty database and returns its URL. */
  async createDatabase(name: string): Promise<string> {
    await this.admin.query(`CREATE DATABASE ${name}`);
    return this.server.url.replace(/\/postgres$/, `/${name}`);
  }

  /** Copies a database, to which connections are broken, and returns the URL of the copy. */
  async copyDatabase(url: string): Promise<string> {
    const name = new URL(url).pathname.slice(1);
    this.copies += 1;
    const copy = `${name}_copy_${this.copies}`;
    await this.admin.query("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1", [name]);
    await this.admin.query(`CREATE DATABASE ${copy} TEMPLATE ${name}`);
    return url.replace(name, copy);
  }

  /** Removes a database together with the connections to it. */
  async dropDatabase(name: string): Promise<void> {
    await this.admin.query(`DROP DATABASE ${name} WITH (FORCE)`);
  }

  /**
   * Returns how many statements a database receives while something is done, BEGIN and COMMIT too, or NaN if the server
   * cannot count. Counting takes time, so nothing is timed meanwhile.
   */
  async statementsDuring(name: string, act: () => Promise<unknown>): Promise<number> {
    const used = await this.useDuring(act);
    return used.get(name)?.statements ?? Number.NaN;
  }

  /** Returns what each database is used while something is done, by its name. The milliseconds are of its work. */
  async useDuring(act: () => Promise<unknown>): Promise<Map<string, { statements: number; ms: number }>> {
    if (!this.countsStatements) return new Map();
    await this.count("top");
    await this.admin.query("SELECT pg_stat_statements_reset()");
    await act();
    const { rows } = await this.admin.query(USE_OF_DATABASES);
    await this.count("none");
    return new Map(rows.map(({ name, statements, ms }) => [name, { statements, ms }]));
  }

  /** Returns the processor time of the processes that serve a database's connections. */
  async cpuSeconds(name: string): Promise<number> {
    const { rows } = await this.admin.query("SELECT pid FROM pg_stat_activity WHERE datname = $1", [name]);
    return rows.reduce((sum, { pid }) => sum + cpuSecondsOf(pid), 0);
  }

  async stop(): Promise<void> {
    await this.admin.end();
    await this.server.stop();
    await rm(this.folder, { recursive: true, force: true });
  }

  private async count(which: "top" | "none"): Promise<void> {
    if (!this.countsStatements) return;
    await this.admin.query(`ALTER SYSTEM SET pg_stat_statements.track = '${which}'`);
    await this.admin.query("SELECT pg_reload_conf()");
  }
}
