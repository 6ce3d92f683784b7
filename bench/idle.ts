import type { Bench } from "./kit/bench.js";
import { grouped, median, printTable, quantile, spread } from "./kit/figures.js";
import type { Program } from "./kit/program.js";
import { askGraphql, createTeam, groupOf, type Tollgate } from "./kit/tollgate.js";

const SUBSCRIPTIONS = 1_000;
const SOCKETS = 5_000;
/** A key may have 2,000 sockets open. */
const KEYS = 3;
const QUERIES = 500;
const MODEL = "quiet";

/** Measures what idle clients cost: memory, and the speed of the others. */
export async function idle(bench: Bench): Promise<void> {
  const upstreamUrl = await bench.program("upstream").ask<string>("url");
  const tollgate = await bench.tollgate(upstreamUrl, await bench.postgres());
  const teams = Array.from({ length: KEYS }, (_, index) => `bench-${index}`);
  const keys: string[] = [];
  for (const team of teams) keys.push(await createTeam(tollgate, team, [MODEL]));
  const clients = bench.program("idle-client");
  await memory(bench, { tollgate, team: teams[0] ?? "", key: keys[0] ?? "", clients });
  await speed(bench, { tollgate, keys, clients });
}

interface OneTeam {
  readonly tollgate: Tollgate;
  readonly team: string;
  readonly key: string;
  readonly clients: Program;
}

/** Measures the memory of subscriptions. Each has its own socket and follows a call that says nothing. */
async function memory(bench: Bench, { tollgate, team, key, clients }: OneTeam): Promise<void> {
  const count = Math.ceil(SUBSCRIPTIONS * bench.options.share);
  const input = { modelGroup: groupOf(team, MODEL), messages: [{ role: "USER", content: "Go." }] };
  const { startLlmCall } = await askGraphql(
    tollgate.url,
    key,
    "mutation ($input: LlmCallInput!) { startLlmCall(input: $input) { id } }",
    { input },
  );
  const sockets = { url: tollgate.url, keys: [key], callId: startLlmCall.id };
  await clients.ask("open", { ...sockets, count: Math.ceil(count / 5) });
  await clients.ask("close");

  const inHeap: number[] = [];
  const resident: number[] = [];
  const left: number[] = [];
  for (let round = 0; round < bench.options.rounds; round++) {
    const before = await tollgate.memory();
    await clients.ask("open", { ...sockets, count });
    const during = await tollgate.memory();
    await clients.ask("close");
    const after = await tollgate.memory();
    inHeap.push((used(during) - used(before)) / count / 1024);
    resident.push((during.rss - before.rss) / count / 1024);
    left.push((used(after) - used(before)) / count / 1024);
  }
  console.log(
    `  ${grouped(count)} idle subscriptions, a socket each: KiB of the gateway's memory for each, ${bench.options.rounds} rounds`,
  );
  printTable(
    ["", "lowest / median / highest"],
    [
      ["heap and buffers", spread(inHeap)],
      ["the process grew (RSS), first round", grouped(resident[0] ?? Number.NaN, 1)],
      ["heap and buffers when they have left", spread(left)],
    ],
  );
}

const used = ({ heapUsed, external }: NodeJS.MemoryUsage): number => heapUsed + external;

interface AllTeams {
  readonly tollgate: Tollgate;
  readonly keys: readonly string[];
  readonly clients: Program;
}

/** Measures the same queries with and without the sockets, in turn. */
async function speed(bench: Bench, { tollgate: { url }, keys, clients }: AllTeams): Promise<void> {
  const count = Math.ceil(SOCKETS * bench.options.share);
  const asker = bench.program("idle-client");
  const ask = () => asker.ask<number[]>("ask", { url, key: keys[0], count: QUERIES });
  await ask();
  const without: number[][] = [];
  const beside: number[][] = [];
  for (let round = 0; round < bench.options.rounds; round++) {
    without.push(await ask());
    await clients.ask("open", { url, keys, count });
    beside.push(await ask());
    const open = await clients.ask<number>("count");
    if (open !== count) throw new Error(`${count - open} of ${count} sockets were closed meanwhile.`);
    await clients.ask("close");
  }
  const at = (rounds: number[][], share: number) => rounds.map((times) => quantile(times, share));
  const row = (name: string, rounds: number[][]) => [name, spread(at(rounds, 0.5), 2), spread(at(rounds, 0.99), 2)];
  console.log(`  ms of a plain query, ${QUERIES} one after the other, ${bench.options.rounds} rounds in turn`);
  printTable(["", "p50", "p99"], [row("alone", without), row(`beside ${grouped(count)} idle sockets`, beside)]);
  const ratio = median(at(beside, 0.5)) / median(at(without, 0.5));
  console.log(`  a query takes ${ratio.toFixed(2)} of its time alone`);
}
