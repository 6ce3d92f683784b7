import { type Bench, checkoutsOf } from "../kit/bench.js";
import { besideCheckouts, filled } from "../kit/compare.js";
import { quantile } from "../kit/figures.js";
import type { Program } from "../kit/program.js";
import { column, type Findings, ratiosOf, type Table } from "../kit/report.js";
import { type Contest, inRounds } from "../kit/rounds.js";
import { askGraphql, createTeam, groupOf, type Tollgate } from "../kit/tollgate.js";

const SUBSCRIPTIONS = 1_000;
const SOCKETS = 5_000;
/** A key may have 2,000 sockets open. */
const KEYS = 3;
const QUERIES = 500;
const MODEL = "quiet";
const FOLLOW = "mutation ($input: LlmCallInput!) { startLlmCall(input: $input) { id } }";

interface Started {
  readonly tollgate: Tollgate;
  readonly team: string;
  readonly keys: readonly string[];
}

/** What idle clients cost: memory, and the speed of the others. */
export async function idle(bench: Bench): Promise<Findings> {
  const upstreamUrl = await bench.upstream();
  const postgres = await bench.postgres();
  const started: Started[] = [];
  for (const checkout of postgres ? checkoutsOf(bench.options) : []) {
    if (!postgres) continue;
    const { tollgate } = await bench.onPostgres(checkout, upstreamUrl, postgres);
    const teams = Array.from({ length: KEYS }, (_, index) => `bench-${index}`);
    const keys: string[] = [];
    for (const team of teams) keys.push(await createTeam(tollgate, team, [MODEL]));
    started.push({ tollgate, team: teams[0] ?? "", keys });
  }
  const clients = bench.program("idle-client");
  const memory = await measureMemory(bench, clients, started);
  const speed = await measureSpeed(bench, clients, started);
  return {
    how: `Memory: ${SUBSCRIPTIONS.toLocaleString("en")} subscriptions, a socket each, follow a call that says nothing; heap and buffers after a collection, without the kernel's part. Speed: a plain query, ${QUERIES} one after the other, alone and beside ${SOCKETS.toLocaleString("en")} idle sockets. ${bench.options.rounds} rounds in turn.`,
    ratios: filled([alone(speed), ...[memory, speed].flatMap((table) => besideCheckouts(table, bench.options))]),
    figures: [memory, speed],
    problems: bench.problems,
  };
}

async function measureMemory(bench: Bench, clients: Program, started: readonly Started[]): Promise<Table> {
  const count = Math.ceil(SUBSCRIPTIONS * bench.options.share);
  const contests: Contest[] = [];
  for (const { tollgate, team, keys } of started) {
    const [key = ""] = keys;
    const input = { modelGroup: groupOf(team, MODEL), messages: [{ role: "USER", content: "Go." }] };
    const { startLlmCall } = await askGraphql(tollgate.url, key, FOLLOW, { input });
    const sockets = { url: tollgate.url, keys: [key], callId: startLlmCall.id, count };
    const kibOf = (after: NodeJS.MemoryUsage, before: NodeJS.MemoryUsage) =>
      (used(after) - used(before)) / count / 1_024;
    contests.push({
      labels: [tollgate.name],
      measure: async () => {
        const before = await tollgate.memory();
        await clients.ask("open", sockets);
        const during = await tollgate.memory();
        await clients.ask("close");
        const after = await tollgate.memory();
        return { kib: kibOf(during, before), left: kibOf(after, before) };
      },
    });
  }
  const rows = await inRounds(bench.options.rounds, contests, bench.problems);
  const columns = [column("kib", "KiB each", 1), column("left", "KiB each, after they left", 1)];
  return { title: "Memory of an idle subscription", heads: ["system"], columns, rows };
}

const used = ({ heapUsed, external }: NodeJS.MemoryUsage): number => heapUsed + external;

async function measureSpeed(bench: Bench, clients: Program, started: readonly Started[]): Promise<Table> {
  const count = Math.ceil(SOCKETS * bench.options.share);
  const asker = bench.program("idle-client");
  const contests: Contest[] = started.flatMap(({ tollgate: { name, url }, keys }) => {
    const ask = async () => {
      const times = await asker.ask<number[]>("ask", { url, key: keys[0], count: QUERIES });
      return { p50: quantile(times, 0.5), p99: quantile(times, 0.99) };
    };
    const beside = async () => {
      await clients.ask("open", { url, keys, count });
      const times = await ask();
      const open = await clients.ask<number>("count");
      if (open !== count) throw new Error(`${count - open} of ${count} sockets were closed meanwhile.`);
      await clients.ask("close");
      return times;
    };
    return [
      { labels: [name, "alone"], measure: ask },
      { labels: [name, "beside idle sockets"], measure: beside },
    ];
  });
  const rows = await inRounds(bench.options.rounds, contests, bench.problems);
  const columns = [column("p50", "p50 ms", 2), column("p99", "p99 ms", 2)];
  return { title: "A plain query", heads: ["system", ""], columns, rows };
}

/** Divides a query beside idle sockets by the same query alone. */
function alone({ rows, columns, heads }: Table): Table {
  const pairs = rows
    .filter(({ labels: [, where] }) => where !== "alone")
    .map((of) => ({
      labels: of.labels,
      of,
      to: rows.find(({ labels }) => labels[0] === of.labels[0] && labels[1] === "alone"),
    }));
  return ratiosOf("A plain query beside idle sockets, divided by the same alone", heads, columns, pairs);
}
