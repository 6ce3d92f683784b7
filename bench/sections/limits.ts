import { type Bench, type Checkout, checkoutsOf } from "../kit/bench.js";
import { type LoadTarget, loaded } from "../kit/load.js";
import type { Program } from "../kit/program.js";
import { startRedis } from "../kit/redis.js";
import { column, type Findings, type Table } from "../kit/report.js";
import { type Contest, inRounds } from "../kit/rounds.js";
import { PLAIN_ANSWER } from "../kit/tokens.js";
import { ADMIN_KEY, askGraphql, createJobs, createTeam, groupOf, type Tollgate } from "../kit/tollgate.js";

const CONNECTIONS = [16, 64];
const SECONDS = 2;
const MODEL = "gpt-4o-mini";
/** More than any load needs: what is measured is the counting. */
const LIMITS = { requestsPerMinute: 1_000_000, tokensPerMinute: 1_000_000_000, concurrentCalls: 1_000 };
/** What each call is looked at for. */
const BUDGET = { mode: "USD", creditsPerUsd: "1", unpaidCostUsdPerDay: "1000000" };
const RUN = "mutation ($input: LlmCallInput!) { runLlmCall(input: $input) { content } }";
const SET = "mutation ($input: UpdateTeamInput!) { updateTeam(input: $input) { id } }";

/** A process with a team that has no limits and one that has, and a client of its own. */
interface Side {
  readonly tollgate: Tollgate;
  readonly client: Program;
  readonly free: LoadTarget;
  readonly limited: LoadTarget;
}

/**
 * What limits and budgets cost a call: three limits of its team and three of its key, with Redis and without; and a team
 * that is billed by USD and has a limit of unpaid cost.
 */
export async function limits(bench: Bench): Promise<Findings> {
  const upstreamUrl = await bench.upstream();
  const postgres = await bench.postgres();
  const redis = bench.ends(await startRedis());
  const contests: Contest[] = [];
  let databases = 0;
  const start = async (checkout: Checkout, redisUrl: string): Promise<Side> => {
    databases += 1;
    const url = (await postgres?.createDatabase(`limits_${databases}`)) ?? "";
    const tollgate = await bench.tollgate(checkout, upstreamUrl, { url }, { env: { REDIS_URL: redisUrl } });
    const free = await targetOf(tollgate, "free");
    return {
      tollgate,
      client: bench.program("load-client"),
      free,
      limited: await targetOf(tollgate, "limited", LIMITS),
    };
  };
  for (const checkout of postgres ? checkoutsOf(bench.options) : [])
    for (const [name, url] of Object.entries({ Redis: redis.url, "no Redis": "" })) {
      const sides = [await start(checkout, url), await start(checkout, url)] as const;
      for (const connections of CONNECTIONS)
        contests.push({
          labels: [checkout.name, name, String(connections)],
          measure: () => besideEachOther(...sides, connections, SECONDS * bench.options.share),
        });
    }
  const rows = await inRounds(bench.options.rounds, contests, bench.problems);
  const columns = [
    column("free", "CPU ms a call without", 3),
    column("limited", "CPU ms a call with", 3),
    column("ratio", "ratio", 3),
  ];
  const table: Table = {
    title: "Calls of a team with limits and budgets, beside those of a team without",
    heads: ["system", "with", "connections"],
    columns,
    rows,
  };
  return {
    how: `Plain calls over GraphQL on PostgreSQL, in a job for each connection. Two processes work at the same time on one core, each with so many connections: one for a team without limits and budgets, the other for a team with three limits, whose key has three as well, that is billed by USD and has a limit of unpaid cost. After ${SECONDS * bench.options.share} s they change places. The ratio of a round is the mean of both. ${bench.options.rounds} rounds.`,
    ratios: [],
    figures: [table],
    problems: bench.problems,
  };
}

/** What the machine does meets both, and what one process has ahead of the other counts once for each. */
async function besideEachOther(one: Side, other: Side, connections: number, seconds: number) {
  const cpuOf = async ({ client, tollgate, ...targets }: Side, which: "free" | "limited") =>
    (await loaded(client, { target: targets[which], connections, seconds }, tollgate.cpuSeconds)).cpuMs;
  const [free, limited] = await Promise.all([cpuOf(one, "free"), cpuOf(other, "limited")]);
  const [limitedToo, freeToo] = await Promise.all([cpuOf(one, "limited"), cpuOf(other, "free")]);
  return {
    free: Math.sqrt(free * freeToo),
    limited: Math.sqrt(limited * limitedToo),
    ratio: Math.sqrt((limited * limitedToo) / (free * freeToo)),
  };
}

async function targetOf(tollgate: Tollgate, team: string, ofEach?: typeof LIMITS): Promise<LoadTarget> {
  const key = await createTeam(tollgate, team, [MODEL]);
  const input = { id: team, limits: ofEach, defaultKeyLimits: ofEach, billing: BUDGET };
  if (ofEach) await askGraphql(tollgate.url, ADMIN_KEY, SET, { input });
  const messages = [{ role: "USER", content: "What is a tollgate?" }];
  const jobs = await createJobs(tollgate.url, key, Math.max(...CONNECTIONS));
  const requests = jobs.map((jobId) => ({
    headers: { authorization: `Bearer ${key}` },
    body: JSON.stringify({
      query: RUN,
      variables: { input: { modelGroup: groupOf(team, MODEL), messages, jobId } },
    }),
  }));
  return { origin: tollgate.url, path: "/graphql", requests, expected: PLAIN_ANSWER };
}
