import { Client } from "pg";
import { type Bench, checkoutsOf } from "../kit/bench.js";
import { besideCheckouts, besidePeer, filled } from "../kit/compare.js";
import { CALLS_OF_JOB, fill, newestJobsOf } from "../kit/fill.sql.js";
import { type LoadRequest, loaded } from "../kit/load.js";
import { column, type Findings } from "../kit/report.js";
import { inRounds, progress } from "../kit/rounds.js";
import { createTeam } from "../kit/tollgate.js";

const CONNECTIONS = [1, 32];
const SECONDS = 2;
const CALLS = 100_000;
const TEAM = "bench";
const PEER = "Mercurius";

const USAGE = "usage { promptTokens completionTokens totalTokens source }";
const QUERIES = {
  "viewer, team, balance":
    "{ viewer { ... on TeamViewer { team { id alias status credits { allocated used held available remaining } } } } }",
  "job, 10 calls, attempts": `query ($id: ID!) { job(id: $id) { id jobType status createdAt completedAt llmCalls(first: 10) { nodes {
    id status modelGroup model provider content finishReason costUsd costSource latencyMs createdAt finishedAt ${USAGE}
    attempts { number model provider status errorKind costUsd startedAt endedAt ${USAGE} } } } } }`,
  "20 jobs with costs": `{ jobs(first: 20) { nodes { id jobType status createdAt costs { totalCalls successfulCalls failedCalls
    promptTokens completionTokens totalTokens totalCostUsd avgLatencyMs creditApplied creditsRemaining } } } }`,
};

interface System {
  readonly name: string;
  readonly origin: string;
  readonly cpuSeconds: () => number;
}

const HEADS = ["system", "query", "connections"];
const COLUMNS = [
  column("perSecond", "requests/s"),
  column("p50", "p50 ms", 2),
  column("p99", "p99 ms", 2),
  column("cpuMs", "CPU ms a request", 3),
];

/** Reads over GraphQL beside Mercurius, on the same database and with the same answers. */
export async function reads(bench: Bench): Promise<Findings> {
  const how = `A database of ${CALLS.toLocaleString("en")} calls, ${CALLS_OF_JOB} a job. Mercurius runs with its JIT, raw pg with a pool of 10, loaders, and keys that are looked up every 500 ms. All answer with the same data, byte for byte. Each connection reads a job of its own. ${bench.options.rounds} rounds of ${SECONDS * bench.options.share} s in turn.`;
  const postgres = await bench.postgres();
  if (!postgres) return { how, ratios: [], figures: [], problems: bench.problems };
  const upstreamUrl = await bench.upstream();
  const [own, ...others] = checkoutsOf(bench.options);
  if (!own) throw new Error("There is no checkout.");
  const { tollgate, url } = await bench.onPostgres(own, upstreamUrl, postgres);
  const key = await createTeam(tollgate, TEAM, []);
  const ids = await fillDatabase(url);
  const systems: System[] = [{ ...tollgate, origin: tollgate.url }];
  // Another checkout has a copy of the database, because it may have other migrations.
  for (const other of others) {
    progress(`copying the database for ${other.name}`);
    const copy = await bench.tollgate(other, upstreamUrl, { url: await postgres.copyDatabase(url) });
    systems.push({ ...copy, origin: copy.url });
  }
  const mercurius = await bench.mercurius(url);
  if (mercurius) systems.push({ name: PEER, ...mercurius });
  const rows = await measure(bench, systems, { authorization: `Bearer ${key}` }, ids);
  const table = { title: "Reads", heads: HEADS, columns: COLUMNS, rows };
  const ratios = [
    besidePeer(table, PEER, (labels) => labels.slice(1).join()),
    ...besideCheckouts(table, bench.options),
  ];
  return { how, ratios: filled(ratios), figures: [table], problems: bench.problems };
}

/** Fills the database and returns the ids of the team's newest jobs, one for each connection. */
async function fillDatabase(url: string): Promise<string[]> {
  progress("filling the database");
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await fill(client, TEAM, CALLS / CALLS_OF_JOB);
    await client.query("VACUUM ANALYZE");
    return await newestJobsOf(client, TEAM, Math.max(...CONNECTIONS));
  } finally {
    await client.end();
  }
}

async function measure(
  bench: Bench,
  systems: readonly System[],
  headers: { authorization: string },
  ids: readonly string[],
) {
  const client = bench.program("load-client");
  const seconds = SECONDS * bench.options.share;
  const contests = [];
  for (const [name, query] of Object.entries(QUERIES)) {
    const variables = query.includes("$id") ? ids.map((id) => ({ id })) : [{}];
    const bodies = variables.map((given) => JSON.stringify({ query, variables: given }));
    const requests: LoadRequest[] = [];
    for (const body of bodies) requests.push({ headers, body, expected: await sameData(systems, headers, body) });
    for (const connections of CONNECTIONS)
      for (const { name: system, origin, cpuSeconds } of systems) {
        const target = { origin, path: "/graphql", requests, expected: "" };
        contests.push({
          labels: [system, name, String(connections)],
          measure: () => loaded(client, { target, connections, seconds }, cpuSeconds),
        });
      }
  }
  return inRounds(bench.options.rounds, contests, bench.problems);
}

/** Returns the data that all systems answer with, as JSON. Throws if they differ. */
async function sameData(systems: readonly System[], headers: { authorization: string }, body: string): Promise<string> {
  const answers = await Promise.all(
    systems.map(async ({ name, origin }) => {
      const init = { method: "POST", headers: { "content-type": "application/json", ...headers }, body };
      const { data, errors } = (await (await fetch(`${origin}/graphql`, init)).json()) as {
        data: unknown;
        errors: unknown;
      };
      if (errors) throw new Error(`${name} refused: ${JSON.stringify(errors)}`);
      return { name, data: JSON.stringify(data) };
    }),
  );
  const first = answers[0]?.data ?? "";
  for (const { name, data } of answers) if (data !== first) throw new Error(`${name} answers ${data} and not ${first}`);
  return first;
}
