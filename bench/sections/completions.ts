import type { Bench, OnDatabase } from "../kit/bench.js";
import { besideCheckouts, filled } from "../kit/compare.js";
import type { Burst } from "../kit/load.js";
import type { Program } from "../kit/program.js";
import { column, type Findings } from "../kit/report.js";
import { type Contest, inRounds } from "../kit/rounds.js";
import { askGraphql, createJobs, createTeam } from "../kit/tollgate.js";

const COUNT = 1_000;
const COMPLETE =
  "mutation ($id: ID!) { completeJob(input: { jobId: $id }) { job { status } costs { creditApplied } } }";
const CREDITS = "{ viewer { ... on TeamViewer { team { credits { used held } } } } }";

/** A thousand completions at once: of one job, which takes one credit, and of a thousand jobs of one team. */
export async function completions(bench: Bench): Promise<Findings> {
  const client = bench.program("load-client");
  const count = Math.ceil(COUNT * bench.options.share);
  const contests: Contest[] = [];
  for (const started of await bench.tollgates(await bench.upstream())) {
    const key = await createTeam(started.tollgate, "bench", []);
    for (const jobs of [1, count])
      contests.push({
        labels: [started.name, jobs === 1 ? "the same job" : "a job of its own each"],
        measure: () => complete(client, started, { key, jobs, requests: count }),
      });
  }
  const rows = await inRounds(bench.options.rounds, contests, bench.problems);
  const columns = [
    column("ms", "ms until the last answer"),
    column("p50", "p50 ms"),
    column("perSecond", "completions/s"),
    column("creditsUsed", "credits used"),
  ];
  const title = `${count.toLocaleString("en")} completions at once`;
  const table = { title, heads: ["system", "of"], columns, rows };
  return {
    how: `${count.toLocaleString("en")} open connections send completeJob at the same moment. Each answer says that the job is COMPLETED and has taken its credit; afterwards the team has used as many credits as there were jobs, and holds none. ${bench.options.rounds} rounds in turn.`,
    ratios: filled(besideCheckouts(table, bench.options)),
    figures: [table],
    problems: bench.problems,
  };
}

interface Asked {
  readonly key: string;
  readonly jobs: number;
  readonly requests: number;
}

async function complete(client: Program, { tollgate: { url } }: OnDatabase, { key, jobs, requests }: Asked) {
  const ids = await createJobs(url, key, jobs);
  const creditsOf = async () => (await askGraphql(url, key, CREDITS)).viewer.team.credits;
  const before = await creditsOf();
  const headers = { authorization: `Bearer ${key}` };
  const target = {
    origin: url,
    path: "/graphql",
    requests: ids.map((id) => ({ headers, body: JSON.stringify({ query: COMPLETE, variables: { id } }) })),
    expected: '"job":{"status":"COMPLETED"},"costs":{"creditApplied":true}',
  };
  const { ms, p50 } = await client.ask<Burst>("burst", { target, connections: requests });
  const after = await creditsOf();
  const creditsUsed = after.used - before.used;
  if (creditsUsed !== jobs || after.held !== 0)
    throw new Error(`${jobs} jobs took ${creditsUsed} credits, and ${after.held} are held.`);
  return { ms, p50, perSecond: (requests / ms) * 1_000, creditsUsed };
}
