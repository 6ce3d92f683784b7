import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { type Mercurius, startMercurius } from "./mercurius.js";
import { type Portkey, startPortkey } from "./portkey.js";
import { BenchPostgres } from "./postgres.sql.js";
import { Program } from "./program.js";
import { progress } from "./rounds.js";
import { startTollgate, type Tollgate, type TollgateOptions } from "./tollgate.js";

const ownFolder = fileURLToPath(new URL("../../", import.meta.url));

export interface Options {
  /** How many times each measure is taken. */
  readonly rounds: number;
  /** The share of the usual work that is done, for a quick look. */
  readonly share: number;
  readonly profileTo: string | undefined;
  /** Other checkouts of Tollgate, which are built and take part. */
  readonly gateways: readonly string[];
  /** Whether databases of a million calls are measured too. */
  readonly million: boolean;
}

/** A checkout of Tollgate that takes part. */
export interface Checkout {
  readonly name: string;
  readonly folder: string;
}

/** A gateway with its kind of database. */
export interface OnDatabase {
  readonly name: string;
  readonly tollgate: Tollgate;
  /** Counts the statements that it sends, if it has a PostgreSQL. */
  readonly statementsDuring?: (act: () => Promise<unknown>) => Promise<number>;
}

export const checkoutsOf = ({ gateways }: Options): Checkout[] => [
  { name: "Tollgate", folder: ownFolder },
  ...gateways.map((folder) => ({ name: `Tollgate (${folder})`, folder: resolve(folder) })),
];

/** The programs that a section needs, each in its own process. `stop` ends them in reverse order. */
export class Bench {
  private readonly endings: (() => Promise<unknown>)[] = [];
  /** What could not be measured, and why. */
  readonly problems: string[] = [];
  private databases = 0;

  constructor(readonly options: Options) {}

  program(name: string): Program {
    const file = new URL(`../programs/${name}.ts`, import.meta.url).pathname;
    return this.ends(new Program(name, file, { core: "others", flags: ["--import=tsx"] }));
  }

  /** Starts an upstream and returns its URL. */
  async upstream(): Promise<string> {
    return this.program("upstream").ask<string>("url");
  }

  /** Starts a PostgreSQL. If the machine has none, says so and returns undefined. */
  async postgres(): Promise<BenchPostgres | undefined> {
    progress("starting PostgreSQL");
    const postgres = await BenchPostgres.start();
    if (!postgres) this.problems.push("PostgreSQL: this machine does not have its programs");
    return postgres && this.ends(postgres);
  }

  /** Starts a gateway of a checkout on a new PostgreSQL database. */
  async onPostgres(checkout: Checkout, upstreamUrl: string, postgres: BenchPostgres) {
    this.databases += 1;
    const database = `bench_${this.databases}`;
    const url = await postgres.createDatabase(database);
    return { database, url, tollgate: await this.tollgate(checkout, upstreamUrl, { url }) };
  }

  /** Starts a gateway of a checkout on a new embedded database. */
  async onPglite(checkout: Checkout, upstreamUrl: string): Promise<Tollgate> {
    return this.tollgate(checkout, upstreamUrl, { dataDir: join(await this.folder("pglite"), "data") });
  }

  /** Starts a gateway of each checkout on each kind of database. */
  async tollgates(upstreamUrl: string): Promise<OnDatabase[]> {
    const postgres = await this.postgres();
    const started: OnDatabase[] = [];
    for (const checkout of checkoutsOf(this.options)) {
      if (postgres) {
        const { database, tollgate } = await this.onPostgres(checkout, upstreamUrl, postgres);
        const statementsDuring = (act: () => Promise<unknown>) => postgres.statementsDuring(database, act);
        started.push({ name: `${checkout.name} on PostgreSQL`, tollgate, statementsDuring });
      }
      const tollgate = await this.onPglite(checkout, upstreamUrl);
      started.push({ name: `${checkout.name} on PGlite`, tollgate });
    }
    return started;
  }

  async tollgate(
    checkout: Checkout,
    upstreamUrl: string,
    database: { url: string } | { dataDir: string },
    more: Pick<TollgateOptions, "env" | "core"> = {},
  ): Promise<Tollgate> {
    progress(`starting ${checkout.name}`);
    const { profileTo } = this.options;
    return this.ends(await startTollgate({ ...checkout, upstreamUrl, database, profileTo, ...more }));
  }

  /** Starts Portkey's gateway before the same upstream. If that fails, says why and returns undefined. */
  portkey(upstreamUrl: string): Promise<Portkey | undefined> {
    return this.peer("Portkey", () => startPortkey(upstreamUrl));
  }

  /** Starts Mercurius on a database. If that fails, says why and returns undefined. */
  mercurius(databaseUrl: string): Promise<Mercurius | undefined> {
    return this.peer("Mercurius", () => startMercurius(databaseUrl));
  }

  private async peer<Peer extends { stop(): Promise<unknown> }>(
    name: string,
    start: () => Promise<Peer>,
  ): Promise<Peer | undefined> {
    progress(`installing ${name}`);
    try {
      return this.ends(await start());
    } catch (error) {
      this.problems.push(`${name}: ${error instanceof Error ? error.message : error}`);
      return undefined;
    }
  }

  /** Makes a temporary folder, which is removed in the end. */
  async folder(what: string): Promise<string> {
    const folder = await mkdtemp(join(tmpdir(), `bench-${what}-`));
    this.endings.push(() => rm(folder, { recursive: true, force: true }));
    return folder;
  }

  ends<Thing extends { stop(): Promise<unknown> }>(thing: Thing): Thing {
    this.endings.push(() => thing.stop());
    return thing;
  }

  async stop(): Promise<void> {
    for (const end of this.endings.reverse()) await end().catch((error) => console.error(`  ${error}`));
  }
}
