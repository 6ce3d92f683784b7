import { type SpawnSyncOptions, spawnSync } from "node:child_process";
import { chownSync, existsSync, mkdirSync, readdirSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { freePort } from "../free-port.js";

export interface PostgresServer {
  readonly url: string;
  /** Breaks every connection off, as a crash would. */
  stop(): Promise<void>;
  /** Starts it again, with its data and on its port; returns when it takes connections. */
  start(): Promise<void>;
}

/** Settings of the server. */
type Settings = Readonly<Record<string, string>>;

/**
 * For tests: a time zone other than UTC and few guarantees against power loss. The first finds bugs, the second saves
 * time.
 */
const OF_TESTS: Settings = { fsync: "off", timezone: "Asia/Kathmandu" };

/** Starts a throw-away PostgreSQL on a free loopback port, or returns null if the machine has no PostgreSQL. */
export async function startPostgres(folder: string, settings = OF_TESTS): Promise<PostgresServer | null> {
  const bin = postgresPrograms();
  if (!bin) return null;
  const account = unprivilegedAccount();
  mkdirSync(folder);
  if (account) {
    chownSync(folder, account.uid, account.gid);
    chownSync(dirname(folder), account.uid, account.gid);
  }
  const data = join(folder, "data");
  const port = await freePort();
  run(bin, "initdb", ["-D", data, "-U", "tollgate", "-A", "trust", "--no-sync", "-E", "UTF8"], account);
  const fixed = `-p ${port} -h 127.0.0.1 -k "" -c max_connections=200`;
  const options = [fixed, ...Object.entries(settings).map(([name, value]) => `-c ${name}=${value}`)].join(" ");
  const start = async () =>
    run(bin, "pg_ctl", ["-D", data, "-w", "-l", join(folder, "log"), "-o", options, "start"], account);
  await start();
  return {
    start,
    url: `postgres://tollgate@127.0.0.1:${port}/postgres`,
    stop: async () => run(bin, "pg_ctl", ["-D", data, "-m", "immediate", "stop"], account),
  };
}

interface Account {
  readonly uid: number;
  readonly gid: number;
}

/** PostgreSQL refuses to run as root; Debian's package brings an account for it. */
function unprivilegedAccount(): Account | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const id = (flag: string) => Number(spawnSync("id", [flag, "postgres"], { encoding: "utf8" }).stdout);
  return { uid: id("-u"), gid: id("-g") };
}

/** Returns the folder of the programs of PostgreSQL, or undefined if this machine has none. */
export function postgresPrograms(): string | undefined {
  const debian = "/usr/lib/postgresql";
  const versions = existsSync(debian) ? readdirSync(debian).sort((a, b) => Number(b) - Number(a)) : [];
  const folders = [
    ...versions.map((version) => join(debian, version, "bin")),
    ...(process.env.PATH ?? "").split(delimiter),
  ];
  return folders.find((folder) => existsSync(join(folder, "initdb")) && existsSync(join(folder, "pg_ctl")));
}

function run(bin: string, program: string, parameters: string[], account: Account | undefined): void {
  const options: SpawnSyncOptions = { ...account, cwd: "/", stdio: ["ignore", "ignore", "pipe"], encoding: "utf8" };
  const done = spawnSync(join(bin, program), parameters, options);
  if (done.status !== 0) throw new Error(`${program} failed: ${done.stderr}${done.error?.message ?? ""}`);
}
