import { type Bench, checkoutsOf } from "../kit/bench.js";
import { besideCheckouts, besidePeer, filled } from "../kit/compare.js";
import { column, type Findings, type Table } from "../kit/report.js";
import { type Contest, inRounds } from "../kit/rounds.js";
import type { Delivered, Paced } from "../kit/streams.js";
import type { Target } from "../kit/target.js";
import { createTeam, groupOf } from "../kit/tollgate.js";

/** What is streamed as fast as it comes. `repeats` lets each measure take about a second. */
const FAST = [
  { streams: 1, tokens: 200, repeats: 40 },
  { streams: 20, tokens: 200, repeats: 8 },
  { streams: 8, tokens: 20_000, repeats: 1 },
];
const PACED_STREAMS = [32, 128, 512];
const PACED_TOKENS = 100;
const EVERY_MS = 20;
/** No team reaches its limit of running calls. */
const TEAMS = 4;
const PEER = "Portkey";
const HEADS = ["system", "transport", "streams", "tokens each"];

/** A system, over one transport. Each target is a team. */
interface Way {
  readonly labels: readonly [system: string, transport: string];
  readonly targets: (model: string) => Target[];
  readonly cpuSeconds: () => number;
}

/** Streams: how fast text arrives that comes at once, and what becomes of many streams at a model's pace. */
export async function streams(bench: Bench): Promise<Findings> {
  const upstreamUrl = await bench.upstream();
  const tokens = Math.ceil(PACED_TOKENS * bench.options.share);
  const pacedModel = `paced-${EVERY_MS}-${tokens}`;
  const models = [...new Set(FAST.map((fast) => `fast-${fast.tokens}`)), pacedModel];
  const ways = await waysOf(bench, upstreamUrl, models);
  const fast = await measureFast(bench, ways);
  const paced = await measurePaced(bench, ways, pacedModel, tokens);
  const sameStreams = ([, , count = "", length = ""]: readonly string[]) => `${count} of ${length}`;
  return {
    how: `Tollgate is on PostgreSQL. Each client keeps its connection. Tollgate joins deltas that wait for a slow reader, so tokens are counted by the text that arrived, which is compared. Paced streams begin at once, with a token each ${EVERY_MS} ms; refused: no token came; broken: the end did not come; stalled: more than 1 s between two tokens; the delay of a token is from the upstream's send to the client's receipt. ${bench.options.rounds} rounds in turn.`,
    ratios: filled(
      [fast, paced].flatMap((table) => [
        besidePeer(table, PEER, sameStreams),
        ...besideCheckouts(table, bench.options),
      ]),
    ),
    figures: [fast, paced],
    problems: bench.problems,
  };
}

async function measureFast(bench: Bench, ways: readonly Way[]): Promise<Table> {
  const client = bench.program("stream-client");
  const contests: Contest[] = FAST.flatMap(({ streams: count, tokens, repeats }) =>
    ways.map(({ labels, targets, cpuSeconds }) => ({
      labels: [...labels, String(count), tokens.toLocaleString("en")],
      measure: async () => {
        const cpuBefore = cpuSeconds();
        const [target] = targets(`fast-${tokens}`);
        const asked = { target, streams: count, tokens, repeats: Math.ceil(repeats * bench.options.share) };
        const delivered = await client.ask<Delivered>("deliver", asked);
        const cpuUs = ((cpuSeconds() - cpuBefore) * 1_000_000) / delivered.tokens;
        return { perSecond: delivered.tokens / delivered.seconds, cpuUs };
      },
    })),
  );
  const rows = await inRounds(bench.options.rounds, contests, bench.problems);
  const columns = [column("perSecond", "tokens/s"), column("cpuUs", "CPU us a token", 2)];
  return { title: "Streams as fast as they come", heads: HEADS, columns, rows };
}

async function measurePaced(bench: Bench, ways: readonly Way[], model: string, tokens: number): Promise<Table> {
  const client = bench.program("stream-client");
  const contests: Contest[] = PACED_STREAMS.flatMap((count) =>
    ways
      .filter(({ labels: [, transport] }) => transport !== "graphql-sse")
      .map(({ labels, targets }) => ({
        labels: [...labels, String(count), String(tokens)],
        measure: () => client.ask<Paced>("paced", { targets: targets(model), streams: count, tokens }),
      })),
  );
  const rows = await inRounds(bench.options.rounds, contests, bench.problems);
  const columns = [
    column("refused", "refused"),
    column("broken", "broken"),
    column("stalled", "stalled"),
    column("firstP50", "first token p50 ms", 1),
    column("firstP99", "first token p99 ms", 1),
    column("delayP50", "delay p50 ms", 2),
    column("delayP99", "delay p99 ms", 2),
  ];
  return { title: `Streams at a token each ${EVERY_MS} ms`, heads: HEADS, columns, rows };
}

async function waysOf(bench: Bench, upstreamUrl: string, models: readonly string[]): Promise<Way[]> {
  const sse = (name: string, url: string, headers: Readonly<Record<string, string>>) => (model: string) => [
    { name, transport: "openai-sse" as const, url, headers, model },
  ];
  const ways: Way[] = [
    { labels: ["no gateway", "/v1 SSE"], targets: sse("no gateway", upstreamUrl, {}), cpuSeconds: () => Number.NaN },
  ];
  const portkey = await bench.portkey(upstreamUrl);
  if (portkey) {
    const targets = sse(PEER, `${portkey.origin}/v1`, portkey.headers);
    ways.push({ labels: [PEER, "/v1 SSE"], targets, cpuSeconds: portkey.cpuSeconds });
  }
  const postgres = await bench.postgres();
  for (const checkout of postgres ? checkoutsOf(bench.options) : []) {
    if (!postgres) continue;
    const { tollgate } = await bench.onPostgres(checkout, upstreamUrl, postgres);
    const { name, url, cpuSeconds } = tollgate;
    const teams: { team: string; key: string }[] = [];
    for (let index = 0; index < TEAMS; index++) {
      const team = `bench-${index}`;
      teams.push({ team, key: await createTeam(tollgate, team, models) });
    }
    for (const transport of ["openai-sse", "graphql-ws", "graphql-sse"] as const) {
      const targets = (model: string) =>
        teams.map(({ team, key }) => targetOf(transport, { name, url, team, key, model }));
      ways.push({ labels: [name, transport === "openai-sse" ? "/v1 SSE" : transport], targets, cpuSeconds });
    }
  }
  return ways;
}

interface OfTeam {
  readonly name: string;
  readonly url: string;
  readonly team: string;
  readonly key: string;
  readonly model: string;
}

function targetOf(transport: Target["transport"], { name, url, team, key, model }: OfTeam): Target {
  const modelGroup = groupOf(team, model);
  if (transport !== "openai-sse") return { name, transport, url, key, model, modelGroup };
  return { name, transport, url: `${url}/v1`, headers: { authorization: `Bearer ${key}` }, model: modelGroup };
}
