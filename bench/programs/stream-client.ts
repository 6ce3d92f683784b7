import { answerQuestions } from "../kit/answer.mjs";
import { receive } from "../kit/receive.js";
import type { Target } from "../kit/target.js";
import { TextReader, textOf } from "../kit/text-reader.js";
import { textOfTokens } from "../kit/tokens.js";

interface Asked {
  readonly target: Target;
  /** How many streams run at once. */
  readonly streams: number;
  readonly tokens: number;
}

/** Delays, in milliseconds. */
export interface Delays {
  /**
   * The delays of tokens that were sent while all streams ran: after the last had begun, and before the first ended.
   */
  readonly running: readonly number[];
  readonly all: readonly number[];
}

/** The clients of a bench, which run in a separate process. */
answerQuestions({
  /** Starts paced streams at once, and returns the delay of each token: its arrival minus the time that is its text. */
  delays: async ({ target, streams, tokens }: Asked): Promise<Delays> => {
    const arrived = await atOnce(streams, async () => {
      const reader = new TextReader(target);
      const times: { sentAt: number; delay: number }[] = [];
      await receive(target, (piece) => {
        const arrivedAt = performance.timeOrigin + performance.now();
        const sent = reader.changesIn(piece).flatMap(({ content }) => content.trimEnd().split(" ").map(Number));
        for (const sentAt of sent) times.push({ sentAt, delay: arrivedAt - sentAt });
      });
      if (times.length !== tokens) throw new Error(`${times.length} of ${tokens} tokens arrived.`);
      return times;
    });
    const allBegunAt = Math.max(...arrived.map(([first]) => (first ? first.sentAt + first.delay : 0)));
    const firstEndsAt = Math.min(...arrived.map((times) => times.at(-1)?.sentAt ?? 0));
    const isRunning = ({ sentAt }: { sentAt: number }) => sentAt > allBegunAt && sentAt < firstEndsAt;
    const delaysOf = (times: { delay: number }[]) => times.map(({ delay }) => delay);
    return { running: delaysOf(arrived.flat().filter(isRunning)), all: delaysOf(arrived.flat()) };
  },

  /**
   * Returns how many seconds pass until the last of the streams has arrived in full. While the clock runs, clients only
   * collect. Each text is read and compared afterwards.
   */
  deliver: async ({ target, streams, tokens }: Asked): Promise<number> => {
    const startedAt = performance.now();
    const received = await atOnce(streams, async () => {
      const pieces: Buffer[] = [];
      await receive(target, (piece) => pieces.push(piece));
      return pieces;
    });
    const seconds = (performance.now() - startedAt) / 1000;
    const expected = textOfTokens(tokens);
    for (const pieces of received)
      if (textOf(target, pieces) !== expected) throw new Error(`${target.name} delivered a wrong text.`);
    return seconds;
  },
});

function atOnce<Result>(count: number, act: () => Promise<Result>): Promise<Result[]> {
  return Promise.all(Array.from({ length: count }, act));
}
