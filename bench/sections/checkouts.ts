import { type Bench, type Checkout, checkoutsOf } from "../kit/bench.js";
import { type LoadTarget, loaded } from "../kit/load.js";
import type { Program } from "../kit/program.js";
import { column, type Findings, type Table } from "../kit/report.js";
import { type Contest, inRounds } from "../kit/rounds.js";
import { PLAIN_ANSWER } from "../kit/tokens.js";
import { createJobs, createTeam, groupOf, type Tollgate } from "../kit/tollgate.js";

const CONNECTIONS = [1, 16, 64];
const SECONDS = 2;
const MODEL = "gpt-4o-mini";
const TEAM = "bench";
const ROUTE = "/v1/chat/completions";

/** A gateway of one checkout, with a client of its own. */
interface Side {
  readonly tollgate: Tollgate;
  readonly client: Program;
  /** The processor time of its database, if that is not in its own process. */
  readonly databaseSeconds: () => Promise<number>;
  readonly targets: ReadonlyMap<string, LoadTarget>;
}

/** What a call costs the processor in this checkout and in others, for small differences: two work at the same time. */
export async function checkouts(bench: Bench): Promise<Findings> {
  const [own, ...others] = checkoutsOf(bench.options) as [Checkout, ...Checkout[]];
  const contests: Contest[] = [];
  const starts = Object.entries(await starters(bench));
  for (const other of others)
    for (const [database, start] of starts) {
      const sides = [await start(own), await start(other)] as const;
      for (const callIn of sides[0].targets.keys())
        for (const connections of CONNECTIONS)
          contests.push({
            labels: [other.name, database, callIn, String(connections)],
            measure: () => besideEachOther(sides, callIn, connections, SECONDS * bench.options.share),
          });
    }
  const table: Table = {
    title: "This checkout divided by another",
    heads: ["other", "database", "call in", "connections"],
    columns: [
      column("perSecond", "requests/s", 3),
      column("gateway", "CPU of the gateway", 3),
      column("both", "CPU with the database's", 3),
      column("cpuMs", "CPU ms a call", 3),
    ],
    rows: await inRounds(bench.options.rounds, contests, bench.problems),
  };
  return {
    how: `Plain calls over /v1. A process of each checkout works at the same time on one core, with so many connections. ${bench.options.rounds} rounds of ${SECONDS * bench.options.share} s.`,
    ratios: [],
    figures: [table],
    problems: bench.problems,
  };
}

async function starters(bench: Bench) {
  const upstreamUrl = await bench.upstream();
  const postgres = await bench.postgres();
  const sideOf = async (tollgate: Tollgate, databaseSeconds: Side["databaseSeconds"]): Promise<Side> => ({
    tollgate,
    client: bench.program("load-client"),
    databaseSeconds,
    targets: await targetsOf(tollgate),
  });
  return {
    ...(postgres && {
      PostgreSQL: async (checkout: Checkout) => {
        const { tollgate, database } = await bench.onPostgres(checkout, upstreamUrl, postgres);
        return sideOf(tollgate, () => postgres.cpuSeconds(database));
      },
    }),
    PGlite: async (checkout: Checkout) => sideOf(await bench.onPglite(checkout, upstreamUrl), async () => 0),
  };
}

async function besideEachOther(sides: readonly [Side, Side], callIn: string, connections: number, seconds: number) {
  const costs = async ({ client, tollgate, databaseSeconds, targets }: Side) => {
    const target = targets.get(callIn) as LoadTarget;
    const before = await databaseSeconds();
    const { perSecond, cpuMs } = await loaded(client, { target, connections, seconds }, tollgate.cpuSeconds);
    const database = (((await databaseSeconds()) - before) * 1_000) / (perSecond * seconds);
    return { perSecond, cpuMs, both: cpuMs + database };
  };
  const [own, other] = await Promise.all([costs(sides[0]), costs(sides[1])]);
  return {
    perSecond: own.perSecond / other.perSecond,
    gateway: own.cpuMs / other.cpuMs,
    both: own.both / other.both,
    cpuMs: own.both,
  };
}

async function targetsOf({ url }: Tollgate): Promise<Map<string, LoadTarget>> {
  const key = await createTeam({ url }, TEAM, [MODEL]);
  const body = JSON.stringify({
    model: groupOf(TEAM, MODEL),
    messages: [{ role: "user", content: "What is a tollgate?" }],
  });
  const jobs = await createJobs(url, key, Math.max(...CONNECTIONS));
  const targetOf = (headers: Readonly<Record<string, string>>[]): LoadTarget => ({
    origin: url,
    path: ROUTE,
    requests: headers.map((more) => ({ headers: { authorization: `Bearer ${key}`, ...more }, body })),
    expected: PLAIN_ANSWER,
  });
  return new Map([
    ["its own job", targetOf([{}])],
    ["a job", targetOf(jobs.map((id) => ({ "x-job-id": id })))],
  ]);
}
