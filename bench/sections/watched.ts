import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { type Bench, type Checkout, checkoutsOf } from "../kit/bench.js";
import { filled } from "../kit/compare.js";
import { loaded } from "../kit/load.js";
import { column, type Findings, ratiosOf, type Table } from "../kit/report.js";
import { type Contest, inRounds, sideBySide } from "../kit/rounds.js";
import { PLAIN_ANSWER } from "../kit/tokens.js";
import { ADMIN_KEY, createTeam, groupOf, plainRequest, type Tollgate } from "../kit/tollgate.js";

const CONNECTIONS = [16, 64];
const SECONDS = 1.5;
/** All gateways together have room on one core. */
const PER_SECOND = 150;
const SECONDS_AT_ONCE = 5;
const CONNECTIONS_AT_ONCE = 64;
/** Prometheus seldom asks more often. */
const SCRAPE_EVERY_MS = 1_000;
const MODEL = "gpt-4o-mini";
const TEAM = "bench";

const QUIET = "errors only";
const LOGGED = "a line for each request and call, metrics";
const SOME_TRACES = "the same, and each tenth trace";
const ALL_TRACES = "the same, and all traces";

/** What it costs that an operator sees what the gateway does. */
export async function watched(bench: Bench): Promise<Findings> {
  const upstreamUrl = await bench.upstream();
  const postgres = await bench.postgres();
  const collector = await bench.ends(await startCollector());
  const otel = { LOG_LEVEL: "info", OTEL_EXPORTER_OTLP_ENDPOINT: collector.url };
  const ways: [name: string, env: Record<string, string>][] = [
    [QUIET, { LOG_LEVEL: "error" }],
    [LOGGED, { LOG_LEVEL: "info" }],
    [SOME_TRACES, { ...otel, OTEL_TRACES_SAMPLER: "parentbased_traceidratio", OTEL_TRACES_SAMPLER_ARG: "0.1" }],
    [ALL_TRACES, otel],
  ];
  const [checkout] = checkoutsOf(bench.options) as [Checkout, ...Checkout[]];
  const client = bench.program("load-client");
  const contests: Contest[] = [];
  const besideEachOther: Contest[] = [];
  for (const [index, [name, env]] of postgres ? ways.entries() : []) {
    const url = (await postgres?.createDatabase(`watched_${index}`)) ?? "";
    const tollgate = await bench.tollgate(checkout, upstreamUrl, { url }, { env });
    if (name !== QUIET) bench.ends(scrape(tollgate));
    const key = await createTeam(tollgate, TEAM, [MODEL]);
    const target = {
      origin: tollgate.url,
      path: "/v1/chat/completions",
      requests: [plainRequest(key, groupOf(TEAM, MODEL))],
      expected: PLAIN_ANSWER,
    };
    for (const connections of CONNECTIONS)
      contests.push({
        labels: [name, String(connections)],
        measure: () =>
          loaded(client, { target, connections, seconds: SECONDS * bench.options.share }, tollgate.cpuSeconds),
      });
    const ownClient = bench.program("load-client");
    const atOnce = { target, connections: CONNECTIONS_AT_ONCE, perSecond: PER_SECOND };
    besideEachOther.push({
      labels: [name, String(PER_SECOND)],
      measure: async () => {
        const asked = { ...atOnce, seconds: SECONDS_AT_ONCE * bench.options.share };
        const { cpuMs } = await loaded(ownClient, asked, tollgate.cpuSeconds);
        return { cpuMs };
      },
    });
  }
  const rows = await inRounds(bench.options.rounds, contests, bench.problems);
  const rowsAtOnce = await sideBySide(bench.options.rounds, besideEachOther, bench.problems);
  const columns = [
    column("perSecond", "requests/s"),
    column("p50", "p50 ms", 2),
    column("p99", "p99 ms", 2),
    column("cpuMs", "CPU ms a call", 3),
  ];
  const table: Table = { title: "Plain calls", heads: ["what is told", "connections"], columns, rows };
  const atOnce: Table = {
    title: "Plain calls side by side",
    heads: ["what is told", "calls/s each"],
    columns: [column("cpuMs", "CPU ms a call", 3)],
    rows: rowsAtOnce,
  };
  return {
    how: `Plain calls over /v1 on PostgreSQL, each with a job of its own. The log goes to a pipe that is read, the metrics are read each second, and traces go to a collector that takes them and does nothing. ${bench.options.rounds} rounds of ${SECONDS * bench.options.share} s in turn; and as many of ${SECONDS_AT_ONCE * bench.options.share} s with all gateways at the same time on one core, where differences of processor time are seen more exactly.`,
    ratios: filled([table, atOnce].map(besideQuiet)),
    figures: [table, atOnce],
    problems: bench.problems,
  };
}

/** Reads the metrics at intervals, as Prometheus does. */
function scrape({ url }: Tollgate): { stop: () => Promise<void> } {
  const read = () =>
    fetch(`${url}/metrics`, { headers: { authorization: `Bearer ${ADMIN_KEY}` } }).then(
      (response) => response.text(),
      () => undefined,
    );
  const timer = setInterval(() => void read(), SCRAPE_EVERY_MS);
  return { stop: async () => clearInterval(timer) };
}

/** Takes what OpenTelemetry sends, and forgets it. */
async function startCollector(): Promise<{ readonly url: string; stop(): Promise<void> }> {
  const server = createServer((request, response) => {
    request.resume().on("end", () => response.writeHead(200, { "content-type": "application/x-protobuf" }).end());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const stop = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, stop };
}

function besideQuiet({ title, heads, columns, rows }: Table): Table {
  const pairs = rows
    .filter(({ labels: [name] }) => name !== QUIET)
    .map((of) => ({
      labels: of.labels,
      of,
      to: rows.find(({ labels }) => labels[0] === QUIET && labels[1] === of.labels[1]),
    }));
  return ratiosOf(`${title}, divided by those of which only errors are told`, heads, columns, pairs);
}
