import type { Bench, OnDatabase } from "../kit/bench.js";
import { besideCheckouts, filled } from "../kit/compare.js";
import { costOf, JOB_PLACE, type Load } from "../kit/load.js";
import { column, type Findings } from "../kit/report.js";
import { type Contest, inRounds } from "../kit/rounds.js";
import { PLAIN_ANSWER } from "../kit/tokens.js";
import { createTeam, groupOf } from "../kit/tollgate.js";

const CONNECTIONS = [1, 16];
const SECONDS = 2;
const COUNTED_SECONDS = 0.3;
const MODEL = "gpt-4o-mini";
const TEAM = "bench";

const CREATE = `mutation { createJob(input: { jobType: "bench" }) { id } }`;
const RUN = "mutation ($input: LlmCallInput!) { runLlmCall(input: $input) { content } }";
const COMPLETE = `mutation { completeJob(input: { jobId: "${JOB_PLACE}" }) { costs { totalCalls creditApplied } } }`;

/** The whole life of a job over GraphQL: it is opened, one call is made in it, it is completed. */
export async function jobs(bench: Bench): Promise<Findings> {
  const upstreamUrl = await bench.upstream();
  const client = bench.program("load-client");
  const seconds = SECONDS * bench.options.share;
  const contests: Contest[] = [];
  for (const { name, tollgate, statementsDuring } of await bench.tollgates(upstreamUrl)) {
    const cycles = await cyclesOf(tollgate);
    for (const connections of CONNECTIONS) {
      const run = (time: number) => client.ask<Load>("cycles", { ...cycles, connections, seconds: time });
      contests.push({
        labels: [name, String(connections)],
        measure: async () => ({
          ...(await costOf(() => run(seconds), tollgate.cpuSeconds)),
          ...(statementsDuring && { statements: await statementsOf(statementsDuring, () => run(COUNTED_SECONDS)) }),
        }),
      });
    }
  }
  const rows = await inRounds(bench.options.rounds, contests, bench.problems);
  const columns = [
    column("perSecond", "jobs/s"),
    column("p50", "p50 ms", 1),
    column("p99", "p99 ms", 1),
    column("cpuMs", "CPU ms a job", 2),
    column("statements", "SQL statements a job", 1),
  ];
  const table = { title: "Jobs from createJob to completeJob", heads: ["system", "connections"], columns, rows };
  return {
    how: `Three requests a job: createJob, runLlmCall, completeJob. ${bench.options.rounds} rounds of ${seconds} s in turn.`,
    ratios: filled(besideCheckouts(table, bench.options)),
    figures: [table],
    problems: bench.problems,
  };
}

async function cyclesOf(tollgate: OnDatabase["tollgate"]) {
  const key = await createTeam(tollgate, TEAM, [MODEL]);
  const messages = [{ role: "USER", content: "What is a tollgate?" }];
  const input = { jobId: JOB_PLACE, modelGroup: groupOf(TEAM, MODEL), messages };
  const steps = [
    { body: JSON.stringify({ query: CREATE }), expected: '"id"' },
    { body: JSON.stringify({ query: RUN, variables: { input } }), expected: PLAIN_ANSWER },
    { body: JSON.stringify({ query: COMPLETE }), expected: '"totalCalls":1,"creditApplied":true' },
  ];
  return { origin: tollgate.url, headers: { authorization: `Bearer ${key}` }, steps };
}

async function statementsOf(
  statementsDuring: (act: () => Promise<unknown>) => Promise<number>,
  run: () => Promise<Load>,
): Promise<number> {
  let cycles = 0;
  const statements = await statementsDuring(async () => {
    cycles = (await run()).requests;
  });
  return statements / cycles;
}
