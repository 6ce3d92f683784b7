import { type Random, seededRandom } from "../../test/kit/random.js";
import { type Bench, checkoutsOf } from "../kit/bench.js";
import { DAYS, jobsOfMonth, monthOfWork, TEAMS } from "../kit/month-of-work.js";
import { column, type Findings, type Row } from "../kit/report.js";
import { progress } from "../kit/rounds.js";
import { ADMIN_KEY, askGraphql } from "../kit/tollgate.js";
import { untilCounted } from "./usage.js";

const COUNT = 250;
const DAY_MS = 86_400_000;
const PAGE = "nodes { id status } pageInfo { endCursor }";
const CALL_STATES = ["SUCCEEDED", "FAILED", "CANCELLED", "RUNNING"] as const;
const JOB_STATES = ["COMPLETED", "FAILED", "CANCELLED", "EXPIRED", "IN_PROGRESS"] as const;

/** What a filter of a kind names in any case. The rest is random. */
interface Kind {
  readonly name: string;
  readonly field: "llmCalls" | "jobs";
  readonly has: readonly ("names" | "metadata" | "words")[];
  readonly ofTeam?: true;
}

const KINDS: readonly Kind[] = [
  { name: "calls by state, team and time", field: "llmCalls", has: [] },
  { name: "calls by names", field: "llmCalls", has: ["names"] },
  { name: "calls by metadata", field: "llmCalls", has: ["metadata"] },
  { name: "calls by names and metadata", field: "llmCalls", has: ["names", "metadata"] },
  { name: "calls by words of errors", field: "llmCalls", has: ["words"] },
  { name: "calls by names and words", field: "llmCalls", has: ["names", "words"] },
  { name: "calls of a team by names and metadata", field: "llmCalls", has: ["names", "metadata"], ofTeam: true },
  { name: "jobs by names", field: "jobs", has: ["names"] },
  { name: "jobs by metadata", field: "jobs", has: ["metadata"] },
  { name: "jobs by words of errors", field: "jobs", has: ["words"] },
  { name: "jobs of a team by metadata", field: "jobs", has: ["metadata"], ofTeam: true },
];

/** Pages, later pages and total counts of lists with random filters: common and rare, old and new, and absent. */
export async function lists(bench: Bench): Promise<Findings> {
  const jobs = jobsOfMonth(bench);
  const how = `A month of ${jobs} random jobs of ${TEAMS} teams with about 4 calls each. ${COUNT} random filters of each kind over GraphQL, one after the other: a page of 50, the page after it, and the total count, in both orders. Each of these is timed by itself.`;
  const postgres = await bench.postgres();
  if (!postgres) return { how, ratios: [], figures: [], problems: bench.problems };
  const rows: Row[] = [];
  for (const checkout of checkoutsOf(bench.options)) {
    const { tollgate, client, now } = await monthOfWork(bench, checkout, postgres);
    // Nothing of it is to end by itself meanwhile.
    await client.query("UPDATE llm_calls SET lease_until = '2100-01-01' WHERE status = 'RUNNING'");
    await client.query("UPDATE jobs SET expires_at = '2100-01-01' WHERE completed_at IS NULL");
    await untilCounted(tollgate.url, now);
    await client.query("VACUUM ANALYZE");
    const keys = (await client.query("SELECT id FROM virtual_keys ORDER BY id")).rows.map(({ id }) => String(id));
    await client.end();
    const all: number[] = [];
    for (const kind of KINDS) {
      progress(`${checkout.name}: ${kind.name}`);
      const times = await timesOf(kind, { url: tollgate.url, keys, now, random: seededRandom(15) });
      all.push(...times);
      rows.push({ labels: [checkout.name, kind.name], figures: figuresOf(times) });
    }
    rows.push({ labels: [checkout.name, "all"], figures: figuresOf(all) });
  }
  const columns = [column("p50", "p50 ms", 1), column("p95", "p95 ms", 1), column("longest", "longest ms", 1)];
  return {
    how,
    ratios: [],
    figures: [{ title: "Lists", heads: ["system", "list"], columns, rows }],
    problems: bench.problems,
  };
}

interface Asked {
  readonly url: string;
  readonly keys: readonly string[];
  readonly now: Date;
  readonly random: Random;
}

async function timesOf(kind: Kind, asked: Asked): Promise<number[]> {
  const { url, random } = asked;
  const { field } = kind;
  const type = field === "jobs" ? "JobFilter" : "LlmCallFilter";
  const times: number[] = [];
  for (let number = 0; number < COUNT; number++) {
    const filter = field === "jobs" ? jobFilter(kind, asked) : callFilter(kind, asked);
    const order = field === "llmCalls" && number % 2 === 1 ? ", orderBy: OLDEST_FIRST" : "";
    const ask = async (part: string, after: string | null) => {
      const list = `${field}(first: 50, filter: $filter, after: $after${order}) { ${part} }`;
      const head = `query ($filter: ${type}, $after: String${kind.ofTeam ? ", $id: ID!" : ""})`;
      const query = kind.ofTeam ? `${head} { team(id: $id) { ${list} } }` : `${head} { ${list} }`;
      const begun = performance.now();
      const answer = await askGraphql(url, ADMIN_KEY, query, { filter, after, id: `team-${number % TEAMS}` });
      times.push(performance.now() - begun);
      return (kind.ofTeam ? answer.team : answer)[field];
    };
    const { pageInfo } = await ask(PAGE, null);
    if (pageInfo.endCursor !== null) await ask(PAGE, pageInfo.endCursor);
    await ask("totalCount", null);
    random.next();
  }
  return times;
}

function callFilter(kind: Kind, asked: Asked): object {
  const { random, keys } = asked;
  const bits = kind.has.includes("names") ? 1 + random.below(15) : 0;
  return {
    ...others(kind, asked),
    ...(bits & 1 && { keyIds: [keys[random.below(keys.length)], keys[random.below(keys.length)]] }),
    ...(bits & 2 && { modelGroups: [`Group-${random.below(6)}`] }),
    ...(bits & 4 && { models: [`model-${random.below(7)}`] }),
    ...(bits & 8 && { jobTypes: [`type-${random.below(8)}`] }),
    ...(random.next() < 0.35 && { status: [random.pick(CALL_STATES)] }),
    ...(random.next() < 0.08 && { errorCodes: ["UPSTREAM_FAILED"] }),
  };
}

function jobFilter(kind: Kind, asked: Asked): object {
  const { random, keys } = asked;
  return {
    ...others(kind, asked),
    ...(kind.has.includes("names") && { keyIds: [keys[random.below(keys.length)]] }),
    ...(random.next() < 0.3 && { jobType: `type-${random.below(8)}` }),
    ...(random.next() < 0.35 && { status: [random.pick(JOB_STATES)] }),
  };
}

/** What calls and jobs have in common. */
function others(kind: Kind, { random, now }: Asked): object {
  const before = (days: number) => new Date(now.getTime() - days * DAY_MS);
  const day = (days: number) => before(days).toISOString().slice(0, 10);
  const metadata = random.pick<object>([
    { tier: "common" },
    { customer: `customer-${random.below(97)}` },
    { ticket: random.below(19_997) },
    { tier: "absent" },
    { day: day(DAYS - 1) },
    { day: day(0) },
    {},
  ]);
  const words = random.pick(["upstream failed", "overloaded", `t${random.below(19_997)}`, "failed t1", "absent"]);
  return {
    ...(!kind.ofTeam &&
      random.next() < 0.35 && { teamIds: [`team-${random.below(TEAMS)}`, `team-${random.below(TEAMS)}`] }),
    ...(kind.has.includes("metadata") && { metadataContains: metadata }),
    ...(kind.has.includes("words") && { errorText: words }),
    ...(random.next() < 0.15 && { createdAfter: before(random.below(DAYS)) }),
    ...(random.next() < 0.15 && { createdBefore: before(random.below(DAYS)) }),
  };
}

function figuresOf(times: readonly number[]): { p50: number; p95: number; longest: number } {
  const sorted = [...times].sort((a, b) => a - b);
  const at = (share: number) => sorted[Math.floor(sorted.length * share)] ?? 0;
  return { p50: at(0.5), p95: at(0.95), longest: sorted.at(-1) ?? 0 };
}
