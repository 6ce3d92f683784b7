import { type Bench, type Contender, contendersOf } from "./kit/bench.js";
import { printTable, quantile, spread } from "./kit/figures.js";
import type { Delays } from "./programs/stream-client.js";

const STREAMS = 50;
const EVERY_MS = 50;
const TOKENS = 60;

/** Measures how late each token of 50 concurrent streams arrives, at the pace of a model. */
export async function delay(bench: Bench): Promise<void> {
  const tokens = Math.ceil(TOKENS * bench.options.share);
  const model = `paced-${EVERY_MS}-${tokens}`;
  const upstreamUrl = await bench.program("upstream").ask<string>("url");
  const client = bench.program("stream-client");
  const contenders: Contender[] = [
    bench.noGateway(upstreamUrl, model),
    ...(await bench.portkey(upstreamUrl, model)),
    ...(await contendersOf(await bench.tollgate(upstreamUrl), model, {
      "graphql-ws": "Tollgate on PGlite, graphql-ws",
    })),
  ];
  const databaseUrl = await bench.postgres();
  if (databaseUrl)
    contenders.push(
      ...(await contendersOf(await bench.tollgate(upstreamUrl, databaseUrl), model, {
        "graphql-ws": "Tollgate on PostgreSQL, graphql-ws",
      })),
    );

  const rounds = new Map<Contender, Delays[]>(contenders.map((contender) => [contender, []]));
  // The first round warms up and is not counted.
  for (let round = 0; round <= bench.options.rounds; round++)
    for (const [{ target }, delays] of rounds) {
      const measured = await client.ask<Delays>("delays", { target, streams: STREAMS, tokens });
      if (round > 0) delays.push(measured);
    }

  console.log(`  ms from the upstream's send to the client's receipt, ${STREAMS} streams, a token each ${EVERY_MS} ms`);
  console.log(
    `  ${bench.options.rounds} rounds in turn, ${tokens * STREAMS} tokens each: lowest / median / highest round`,
  );
  const of = (delays: Delays[], which: keyof Delays, share: number) =>
    spread(delays.map((round) => quantile(round[which], share)));
  printTable(
    ["", "p50", "p99", "worst", "worst, starts and ends too"],
    [...rounds].map(([{ target }, delays]) => [
      target.name,
      of(delays, "running", 0.5),
      of(delays, "running", 0.99),
      of(delays, "running", 1),
      of(delays, "all", 1),
    ]),
  );
}
