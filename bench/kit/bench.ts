import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startPostgres } from "../../test/kit/database/postgres.js";
import { startPortkey } from "./portkey.js";
import { Program } from "./program.js";
import type { Target } from "./target.js";
import { createTeam, groupOf, startTollgate, type Tollgate } from "./tollgate.js";

export interface Options {
  /** How many times each measure is taken. */
  readonly rounds: number;
  /** The share of the usual work that is done, for a quick look. */
  readonly share: number;
  readonly profileTo: string | undefined;
}

/** One of the systems that are compared. */
export interface Contender {
  readonly target: Target;
  /** Returns how many seconds of processor time its process has used so far. */
  readonly cpuSeconds: () => number;
}

/** The programs that a bench needs, each in its own process. `stop` ends them in reverse order. */
export class Bench {
  private readonly endings: (() => Promise<unknown>)[] = [];

  constructor(readonly options: Options) {}

  program(name: string): Program {
    const file = new URL(`../programs/${name}.ts`, import.meta.url).pathname;
    return this.ends(new Program(name, file, { flags: ["--import=tsx"] }));
  }

  async tollgate(upstreamUrl: string, databaseUrl?: string): Promise<Tollgate> {
    const { profileTo } = this.options;
    return this.ends(await startTollgate({ upstreamUrl, profileTo, ...(databaseUrl && { databaseUrl }) }));
  }

  /** Starts a PostgreSQL for this run and returns its URL. If the machine has none, says so and returns undefined. */
  async postgres(): Promise<string | undefined> {
    const folder = await mkdtemp(join(tmpdir(), "bench-postgres-"));
    this.endings.push(() => rm(folder, { recursive: true, force: true }));
    const server = await startPostgres(join(folder, "postgres"));
    if (!server) console.log("  without PostgreSQL: this machine does not have its programs");
    return server ? this.ends(server).url : undefined;
  }

  /** The upstream without a gateway. It shows what the measuring takes. */
  noGateway(upstreamUrl: string, model: string): Contender {
    const target: Target = { name: "no gateway, SSE", transport: "openai-sse", url: upstreamUrl, headers: {}, model };
    return { target, cpuSeconds: () => Number.NaN };
  }

  /** The same upstream behind Portkey's gateway. Returns nothing if that cannot be had. */
  async portkey(upstreamUrl: string, model: string): Promise<Contender[]> {
    const portkey = await startPortkey(upstreamUrl, model);
    return portkey ? [this.ends(portkey)] : [];
  }

  private ends<Thing extends { stop(): Promise<unknown> }>(thing: Thing): Thing {
    this.endings.push(() => thing.stop());
    return thing;
  }

  async stop(): Promise<void> {
    for (const end of this.endings.reverse()) await end().catch((error) => console.error(`  ${error}`));
  }
}

/** Makes a team that streams this model, over each of the transports that are named. */
export async function contendersOf(
  tollgate: Tollgate,
  model: string,
  names: Partial<Record<Target["transport"], string>>,
): Promise<Contender[]> {
  const team = "bench";
  const { url, cpuSeconds } = tollgate;
  const key = await createTeam(tollgate, team, [model]);
  const modelGroup = groupOf(team, model);
  return Object.entries(names).map(([transport, name]) => {
    const graphql = { name, url, key, modelGroup, model };
    const openAi = { name, url: `${url}/v1`, headers: { authorization: `Bearer ${key}` }, model: modelGroup };
    const target =
      transport === "openai-sse"
        ? { ...openAi, transport: transport as "openai-sse" }
        : { ...graphql, transport: transport as "graphql-ws" | "graphql-sse" };
    return { target, cpuSeconds };
  });
}
