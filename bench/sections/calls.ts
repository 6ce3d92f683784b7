import type { Bench, OnDatabase } from "../kit/bench.js";
import { besideCheckouts, besidePeer, filled } from "../kit/compare.js";
import { type LoadTarget, loaded } from "../kit/load.js";
import type { Program } from "../kit/program.js";
import { column, type Findings } from "../kit/report.js";
import { type Contest, inRounds, progress } from "../kit/rounds.js";
import { PLAIN_ANSWER } from "../kit/tokens.js";
import { createJobs, createTeam, groupOf } from "../kit/tollgate.js";

const CONNECTIONS = [1, 8, 16, 64];
const SECONDS = 0.7;
/** How many calls are made on each connection while statements are counted, and how many at least. */
const COUNTED = 5;
const COUNTED_MIN = 50;
const MODEL = "gpt-4o-mini";
const TEAM = "bench";
const QUESTION = "What is a tollgate?";
const PORTKEY = "Portkey";
const PGLITE = "on PGlite";
const DOORS = ["/v1", "GraphQL"] as const;
const JOBS = ["its own", "a job"] as const;
const RUN = "mutation ($input: LlmCallInput!) { runLlmCall(input: $input) { content } }";

const HEADS = ["system", "door", "call in", "connections"];
const COLUMNS = [
  column("perSecond", "requests/s"),
  column("p50", "p50 ms", 2),
  column("p99", "p99 ms", 2),
  column("cpuMs", "CPU ms a call", 3),
];

/** A way to make calls of one system. */
interface Way {
  readonly labels: readonly [system: string, door: string, callIn: string];
  readonly target: LoadTarget;
  readonly cpuSeconds: () => number;
  readonly statementsDuring?: OnDatabase["statementsDuring"];
}

/** Plain calls: how many a second, how long each takes, and what it costs the gateway's processor and the database. */
export async function calls(bench: Bench): Promise<Findings> {
  const upstreamUrl = await bench.upstream();
  const client = bench.program("load-client");
  const ways = await peers(bench, upstreamUrl);
  for (const tollgate of await bench.tollgates(upstreamUrl)) ways.push(...(await waysOf(tollgate)));
  const asked = (way: Way, connections: number) => ({ target: way.target, connections });
  const seconds = SECONDS * bench.options.share;
  const contests: Contest[] = CONNECTIONS.flatMap((connections) =>
    ways.filter(isMeasuredAt(connections)).map((way) => ({
      labels: [...way.labels, String(connections)],
      measure: () => loaded(client, { ...asked(way, connections), seconds }, way.cpuSeconds),
    })),
  );
  const measured = await inRounds(bench.options.rounds, contests, bench.problems);
  const statements = await countStatements(ways, client);
  const rows = measured.map(({ labels, figures }) => ({
    labels,
    figures: { ...figures, statements: statements.get(labels.join()) ?? null },
  }));
  const columns = [...COLUMNS, column("statements", "SQL statements a call", 2)];
  const table = { title: "Plain calls", heads: HEADS, columns, rows };
  return {
    how: `Each connection sends one plain call after the other, and each has its own job where calls are in a job. The upstream answers at once. ${bench.options.rounds} rounds of ${seconds} s in turn. Statements include BEGIN and COMMIT, and are counted apart from the timing.`,
    ratios: filled([
      besidePeer(table, PORTKEY, ([, , , connections = ""]) => connections),
      ...besideCheckouts(table, bench.options),
    ]),
    figures: [table],
    problems: bench.problems,
  };
}

/** The embedded database is for few clients, so it is measured at 8 connections too. */
const isMeasuredAt =
  (connections: number) =>
  ({ labels: [system] }: Way): boolean =>
    connections !== 8 || system.endsWith(PGLITE) || system === PORTKEY;

async function peers(bench: Bench, upstreamUrl: string): Promise<Way[]> {
  const { origin } = new URL(upstreamUrl);
  const target = { path: "/v1/chat/completions", expected: PLAIN_ANSWER };
  const body = JSON.stringify(openAiQuestion(MODEL));
  const none: Way = {
    labels: ["no gateway", "/v1", "-"],
    target: { ...target, origin, requests: [{ headers: {}, body }] },
    cpuSeconds: () => Number.NaN,
  };
  const portkey = await bench.portkey(upstreamUrl);
  if (!portkey) return [none];
  const { headers, cpuSeconds } = portkey;
  const requests = [{ headers, body }];
  return [none, { labels: [PORTKEY, "/v1", "-"], target: { ...target, origin: portkey.origin, requests }, cpuSeconds }];
}

async function waysOf({ name, tollgate, ...counting }: OnDatabase): Promise<Way[]> {
  const { url, cpuSeconds } = tollgate;
  const key = await createTeam(tollgate, TEAM, [MODEL]);
  const authorization = `Bearer ${key}`;
  const ways: Way[] = [];
  for (const callIn of JOBS)
    for (const door of DOORS) {
      const jobs = callIn === "a job" ? await createJobs(url, key, Math.max(...CONNECTIONS)) : [undefined];
      const requests = jobs.map((jobId) => requestOf(door, authorization, jobId));
      const path = door === "/v1" ? "/v1/chat/completions" : "/graphql";
      const target = { origin: url, path, requests, expected: PLAIN_ANSWER };
      ways.push({ labels: [name, door, callIn], target, cpuSeconds, ...counting });
    }
  return ways;
}

function requestOf(door: (typeof DOORS)[number], authorization: string, jobId: string | undefined) {
  const modelGroup = groupOf(TEAM, MODEL);
  if (door === "/v1") {
    const headers = { authorization, ...(jobId && { "x-job-id": jobId }) };
    return { headers, body: JSON.stringify(openAiQuestion(modelGroup)) };
  }
  const input = { modelGroup, messages: [{ role: "USER", content: QUESTION }], ...(jobId && { jobId }) };
  return { headers: { authorization }, body: JSON.stringify({ query: RUN, variables: { input } }) };
}

const openAiQuestion = (model: string) => ({ model, messages: [{ role: "user", content: QUESTION }] });

/** Returns the statements a call of each measure, by its labels. */
async function countStatements(ways: readonly Way[], client: Program): Promise<Map<string, number>> {
  const counted = new Map<string, number>();
  for (const connections of CONNECTIONS)
    for (const { labels, target, statementsDuring } of ways.filter(isMeasuredAt(connections))) {
      if (!statementsDuring) continue;
      const label = [...labels, String(connections)].join();
      progress(`counting statements: ${label}`);
      const count = Math.max(COUNTED_MIN, COUNTED * connections);
      const statements = await statementsDuring(() => client.ask("load", { target, connections, count }));
      if (Number.isFinite(statements)) counted.set(label, statements / count);
    }
  return counted;
}
