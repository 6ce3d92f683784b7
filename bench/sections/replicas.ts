import { type Bench, type Checkout, checkoutsOf } from "../kit/bench.js";
import { filled } from "../kit/compare.js";
import type { Core } from "../kit/cores.js";
import type { Followed } from "../kit/followed.js";
import { costOf, type Load, type LoadAsked } from "../kit/load.js";
import type { BenchPostgres } from "../kit/postgres.sql.js";
import type { Program } from "../kit/program.js";
import { startRedis } from "../kit/redis.js";
import { column, type Findings, type Row, ratiosOf, type Table } from "../kit/report.js";
import { type Contest, inRounds, sideBySide } from "../kit/rounds.js";
import { PLAIN_ANSWER } from "../kit/tokens.js";
import { createTeam, groupOf, plainRequest, type Tollgate } from "../kit/tollgate.js";

const CONNECTIONS = 64;
/** All processes together have room on one core. */
const CALLS_PER_SECOND = [50, 150];
const SECONDS = 6;
/** How many calls each process makes while statements are counted, and before anything is measured. */
const COUNTED = 400;
const WARMING = 6_000;
const STREAMS = [1, 32, 128];
const TOKENS = 100;
const EVERY_MS = 20;
const PLAIN = "gpt-4o-mini";
const TEAM = "bench";

const ALONE = "one process";
const WITH_REDIS = "one process, Redis";
const TWO = "two processes";
const TWO_WITH_REDIS = "two processes, Redis";

/** Processes on one database. */
interface Group {
  readonly name: string;
  readonly processes: readonly [Tollgate, ...Tollgate[]];
  /** One for each process. */
  readonly clients: readonly Program[];
  readonly key: string;
  readonly statementsDuring: (act: () => Promise<unknown>) => Promise<number>;
}

/** What several processes cost, and how late a token is that arrives through another process than the call's own. */
export async function replicas(bench: Bench): Promise<Findings> {
  const upstreamUrl = await bench.upstream();
  const postgres = await bench.postgres();
  const tokens = Math.ceil(TOKENS * bench.options.share);
  const paced = `paced-${EVERY_MS}-${tokens}`;
  const startAll = async (names: readonly string[], core: Core) =>
    postgres ? await start(bench, upstreamUrl, postgres, { names, core, paced }) : [];
  const ofCalls = await startAll([ALONE, WITH_REDIS, TWO, TWO_WITH_REDIS], "gateway");
  const calls = await measureCalls(bench, ofCalls);
  // A process that may use only the core of the client waits for the client that measures it.
  const ofStreams = await startAll([ALONE, WITH_REDIS, TWO_WITH_REDIS], "any");
  const streams = await measureStreams(bench, ofStreams, tokens);
  return {
    how: `All on PostgreSQL. Plain calls over /v1, each with a job of its own, and so many a second for each process, because the more calls a process has, the more of them share its work. All processes run at the same time, on one core. CPU is that of the first process. Streams are calls over graphql-ws with a token each ${EVERY_MS} ms, all begun at once, through processes that may use any core; with two processes, each is also followed through the other; CPU is that of the process that runs the calls, and of the one through which they are followed. Joined: how long it takes from asking the other process until the first text arrives through it. Added: how much later than through its own process a token arrives that was sent after that. ${bench.options.rounds} rounds.`,
    ratios: filled([calls, streams].flatMap(besideOthers)),
    figures: [calls, streams],
    problems: bench.problems,
  };
}

interface Wanted {
  readonly names: readonly string[];
  readonly core: Core;
  readonly paced: string;
}

async function start(
  bench: Bench,
  upstreamUrl: string,
  postgres: BenchPostgres,
  { names, core, paced }: Wanted,
): Promise<Group[]> {
  const [checkout] = checkoutsOf(bench.options) as [Checkout, ...Checkout[]];
  const redis = bench.ends(await startRedis());
  const groups: Group[] = [];
  for (const [index, name] of names.entries()) {
    const database = `replicas_${core}_${index}`;
    const url = await postgres.createDatabase(database);
    const env = { REDIS_URL: name.endsWith("Redis") ? redis.url : "" };
    const startOne = () => bench.tollgate(checkout, upstreamUrl, { url }, { env, core });
    const first = await startOne();
    const processes: [Tollgate, ...Tollgate[]] = name.startsWith("two") ? [first, await startOne()] : [first];
    const key = await createTeam(first, TEAM, [PLAIN, paced]);
    const statementsDuring = (act: () => Promise<unknown>) => postgres.statementsDuring(database, act);
    const clients = processes.map(() => bench.program("load-client"));
    groups.push({ name, processes, clients, key, statementsDuring });
  }
  return groups;
}

async function measureCalls(bench: Bench, groups: readonly Group[]): Promise<Table> {
  const seconds = SECONDS * bench.options.share;
  for (const group of groups) await load(group, { count: Math.ceil(WARMING * bench.options.share) });
  const rows: Row[] = [];
  for (const perSecond of CALLS_PER_SECOND) {
    const contests = groups.map((group) => ({
      labels: [group.name, String(perSecond)],
      measure: async () => {
        const first = async () => (await load(group, { perSecond, seconds }))[0];
        const { cpuMs } = await costOf(first, group.processes[0].cpuSeconds);
        return { cpuMs };
      },
    }));
    const measured = await sideBySide(bench.options.rounds, contests, bench.problems);
    for (const [index, group] of groups.entries()) {
      const count = await group.statementsDuring(() => load(group, { perSecond, count: COUNTED }));
      const { labels = [], figures = {} } = measured[index] ?? {};
      rows.push({ labels, figures: { ...figures, statements: count / (COUNTED * group.processes.length) } });
    }
  }
  const columns = [column("cpuMs", "CPU ms a call", 3), column("statements", "SQL statements a call", 2)];
  return { title: "Plain calls", heads: ["processes", "calls/s each"], columns, rows };
}

/** Each process gets this load, from a client of its own. */
async function load(
  { processes, clients, key }: Group,
  asked: Pick<LoadAsked, "perSecond" | "seconds" | "count">,
): Promise<[Load, ...Load[]]> {
  const requests = [plainRequest(key, groupOf(TEAM, PLAIN))];
  const loads = processes.map(({ url: origin }, index) => {
    const target = { origin, path: "/v1/chat/completions", requests, expected: PLAIN_ANSWER };
    return (clients[index] as Program).ask<Load>("load", { target, connections: CONNECTIONS, ...asked });
  });
  return (await Promise.all(loads)) as [Load, ...Load[]];
}

async function measureStreams(bench: Bench, groups: readonly Group[], tokens: number): Promise<Table> {
  const client = bench.program("follow-client");
  const modelGroup = groupOf(TEAM, `paced-${EVERY_MS}-${tokens}`);
  const contests: Contest[] = STREAMS.flatMap((count) =>
    groups.map(({ name, processes: [own, other], key }) => ({
      labels: [name, String(count)],
      measure: async () => {
        const before = [own.cpuSeconds(), other?.cpuSeconds() ?? Number.NaN] as const;
        const asked = {
          own: own.url,
          ...(other && { elsewhere: other.url }),
          key,
          modelGroup,
          streams: count,
          tokens,
        };
        const followed = await client.ask<Followed>("followed", asked);
        const usSince = (now: number, then: number) => ((now - then) * 1_000_000) / (count * tokens);
        const elsewhereUs = usSince(other?.cpuSeconds() ?? Number.NaN, before[1]);
        return { ...followed, cpuUs: usSince(own.cpuSeconds(), before[0]), elsewhereUs };
      },
    })),
  );
  const rows = await inRounds(bench.options.rounds, contests, bench.problems);
  const columns = [
    column("cpuUs", "CPU us a token", 1),
    column("elsewhereUs", "CPU us a token elsewhere", 1),
    column("delayP50", "delay p50 ms", 2),
    column("delayP99", "delay p99 ms", 2),
    column("joinedP50", "joined p50 ms", 1),
    column("addedP50", "added p50 ms", 2),
    column("addedP99", "added p99 ms", 2),
  ];
  return { title: `Streams at a token each ${EVERY_MS} ms`, heads: ["processes", "streams"], columns, rows };
}

/** Divides each row by that of the same processes without Redis, or of one process. */
function besideOthers({ title, heads, columns, rows }: Table): Table[] {
  const without = new Map([
    [WITH_REDIS, ALONE],
    [TWO_WITH_REDIS, TWO],
  ]);
  const divided = (what: string, twinOf: (name: string) => string | undefined) => {
    const pairs = rows.map((of) => {
      const [name = "", count] = of.labels;
      const twin = twinOf(name);
      return { labels: of.labels, of, to: rows.find(({ labels }) => labels[0] === twin && labels[1] === count) };
    });
    return ratiosOf(`${title}, divided by those ${what}`, heads, columns, pairs);
  };
  return [
    divided("of the same processes without Redis", (name) => without.get(name)),
    divided("of one process without Redis", (name) => (name.startsWith("two") ? ALONE : undefined)),
  ];
}
