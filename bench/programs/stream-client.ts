import { answerQuestions } from "../kit/answer.mjs";
import { quantile } from "../kit/figures.js";
import { type Connection, connect } from "../kit/receive.js";
import type { DeliverAsked, Delivered, Paced, PacedAsked } from "../kit/streams.js";
import type { Target } from "../kit/target.js";
import { TextReader, textOf } from "../kit/text-reader.js";
import { textOfTokens } from "../kit/tokens.js";

/** A pause in a stream that a reader notices. The upstream never pauses for so long. */
const STALL_MS = 1_000;

/** The clients of streams. */
answerQuestions({
  /**
   * Each client streams one call after the other on its own connection. While the clock runs, clients only collect. Each
   * text is read and compared afterwards.
   */
  deliver: async ({ target, streams, tokens, repeats }: DeliverAsked): Promise<Delivered> => {
    const connections = await atOnce(streams, () => connect(target));
    const startedAt = performance.now();
    const received = await Promise.all(
      connections.map(async (connection) => {
        const texts: Buffer[][] = [];
        for (let streamed = 0; streamed < repeats; streamed++) {
          const pieces: Buffer[] = [];
          texts.push(pieces);
          await connection.stream((piece) => pieces.push(piece));
        }
        return texts;
      }),
    );
    const seconds = (performance.now() - startedAt) / 1_000;
    for (const connection of connections) connection.close();
    const expected = textOfTokens(tokens);
    for (const pieces of received.flat())
      if (textOf(target, pieces) !== expected) throw new Error(`${target.name} delivered a wrong text.`);
    return { seconds, tokens: streams * repeats * tokens };
  },

  /** Opens connections first, then starts a paced stream on each at once, and tells what became of them. */
  paced: async ({ targets, streams, tokens }: PacedAsked): Promise<Paced> => {
    const targetOf = (index: number) => targets[index % targets.length] as Target;
    const connections = await Promise.allSettled(
      Array.from({ length: streams }, (_, index) => connect(targetOf(index))),
    );
    const watched = await Promise.all(connections.map((opened, index) => watch(targetOf(index), opened)));
    const whole = watched.filter((stream) => stream.failure === undefined);
    const delays = watched.flatMap((stream) => stream.delays);
    const firsts = whole.map((stream) => stream.firstMs);
    const lost = whole.find((stream) => stream.delays.length !== tokens);
    if (lost) throw new Error(`${lost.delays.length} of ${tokens} tokens arrived.`);
    return {
      refused: watched.filter(({ failure, delays: { length } }) => failure !== undefined && length === 0).length,
      broken: watched.filter(({ failure, delays: { length } }) => failure !== undefined && length > 0).length,
      stalled: watched.filter((stream) => stream.longestGapMs > STALL_MS).length,
      firstP50: quantile(firsts, 0.5),
      firstP99: quantile(firsts, 0.99),
      delayP50: quantile(delays, 0.5),
      delayP99: quantile(delays, 0.99),
    };
  },
});

/** Streams one call of which each token is the time when it was sent. */
async function watch(target: Target, opened: PromiseSettledResult<Connection>) {
  const pieces: { piece: Buffer; at: number }[] = [];
  const askedAt = now();
  let failure: unknown;
  try {
    if (opened.status === "rejected") throw opened.reason;
    await opened.value.stream((piece) => pieces.push({ piece, at: now() }));
  } catch (error) {
    failure = error;
  }
  if (opened.status === "fulfilled") opened.value.close();
  return { failure, ...timesOf(target, pieces, askedAt) };
}

/** Reads the pieces of a stream only now, so that reading one does not hold up another. */
function timesOf(target: Target, pieces: readonly { piece: Buffer; at: number }[], askedAt: number) {
  const reader = new TextReader(target);
  const delays: number[] = [];
  let longestGapMs = 0;
  let firstMs = Number.NaN;
  let before: number | undefined;
  for (const { piece, at } of pieces) {
    const sent = reader.changesIn(piece).flatMap(({ content }) => content.trimEnd().split(" ").map(Number));
    if (sent.length === 0) continue;
    if (before === undefined) firstMs = at - askedAt;
    else longestGapMs = Math.max(longestGapMs, at - before);
    before = at;
    for (const sentAt of sent) delays.push(at - sentAt);
  }
  return { delays, longestGapMs, firstMs };
}

const now = (): number => performance.timeOrigin + performance.now();

function atOnce<Result>(count: number, act: () => Promise<Result>): Promise<Result[]> {
  return Promise.all(Array.from({ length: count }, act));
}
