import { type Bench, type Contender, contendersOf } from "./kit/bench.js";
import { grouped, median, printTable, spread } from "./kit/figures.js";
import { textOfTokens } from "./kit/tokens.js";

const STREAMS = 8;
const TOKENS = 20_000;

/**
 * The result of one round of one contender: thousand characters for each second that passed, and for each second that
 * its processor worked.
 */
interface Rate {
  readonly bySecond: number;
  readonly byCpuSecond: number;
}

/** Measures how much text arrives in a second if the upstream sends as fast as it is read. */
export async function throughput(bench: Bench): Promise<void> {
  const tokens = Math.ceil(TOKENS * bench.options.share);
  const model = `fast-${tokens}`;
  const upstreamUrl = await bench.program("upstream").ask<string>("url");
  const client = bench.program("stream-client");
  const [portkey] = await bench.portkey(upstreamUrl, model);
  const contenders: Contender[] = [
    bench.noGateway(upstreamUrl, model),
    ...(portkey ? [portkey] : []),
    ...(await contendersOf(await bench.tollgate(upstreamUrl, await bench.postgres()), model, {
      "graphql-ws": "Tollgate, graphql-ws",
      "graphql-sse": "Tollgate, graphql-sse",
      "openai-sse": "Tollgate, /v1 SSE",
    })),
  ];

  const thousands = (textOfTokens(tokens).length * STREAMS) / 1_000;
  const rates = new Map<Contender, Rate[]>(contenders.map((contender) => [contender, []]));
  // The first round warms up and is not counted.
  for (let round = 0; round <= bench.options.rounds; round++)
    for (const [{ target, cpuSeconds }, measured] of rates) {
      const cpuBefore = cpuSeconds();
      const seconds = await client.ask<number>("deliver", { target, streams: STREAMS, tokens });
      const rate = { bySecond: thousands / seconds, byCpuSecond: thousands / (cpuSeconds() - cpuBefore) };
      if (round > 0) measured.push(rate);
    }

  console.log(`  ${STREAMS} streams of ${grouped(tokens)} tokens at once; thousand characters of text that arrived`);
  console.log(`  ${bench.options.rounds} rounds in turn: lowest / median / highest`);
  const beside = (measured: Rate[], by: keyof Rate) => {
    const others = portkey ? (rates.get(portkey) ?? []) : [];
    const ratio = median(measured.map((rate) => rate[by])) / median(others.map((rate) => rate[by]));
    return Number.isNaN(ratio) ? "" : `${ratio.toFixed(2)} x`;
  };
  printTable(
    ["", "a second", "of Portkey's", "a CPU second", "of Portkey's"],
    [...rates].map(([{ target }, measured]) => [
      target.name,
      spread(measured.map(({ bySecond }) => bySecond)),
      beside(measured, "bySecond"),
      Number.isNaN(measured[0]?.byCpuSecond) ? "" : spread(measured.map(({ byCpuSecond }) => byCpuSecond)),
      beside(measured, "byCpuSecond"),
    ]),
  );
}
