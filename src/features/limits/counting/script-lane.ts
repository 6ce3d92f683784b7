import type { RedisLink } from "../../../streams/redis/redis-link.js";

/** How long the next batch waits for one that is not answered. */
const ANSWER_MS = 1_000;
/** How long what nobody waits for may wait for others to go with. */
const PATIENCE_MS = 5;

/** What stands for an answer that did not come in time. */
export const LATE = Symbol("late");

interface Asked {
  readonly script: string;
  readonly keys: readonly string[];
  readonly args: readonly (string | number)[];
}
interface Waiting extends Asked {
  readonly resolve: (answer: unknown) => void;
}

/**
 * Sends scripts to Redis in batches. Only one batch is under way at a time, and what is asked for meanwhile forms the next
 * one: each batch costs a write and a read, however many scripts it has. They are carried out in the order in which they
 * were asked for.
 */
export class ScriptLane {
  private waiting: Waiting[] = [];
  private isAtWork = false;
  private patience: NodeJS.Timeout | undefined;

  constructor(private readonly link: Pick<RedisLink, "run">) {}

  /** Resolves with the answer; undefined if Redis has none, and LATE if it did not come within a second. */
  run(asked: Asked): Promise<unknown> {
    return new Promise((resolve) => {
      this.waiting.push({ ...asked, resolve });
      this.begin();
    });
  }

  /** The same for what nobody waits for. It goes with the next that somebody waits for, or a moment later. */
  runSoon(asked: Asked): void {
    this.waiting.push({ ...asked, resolve: () => {} });
    this.patience ??= setTimeout(() => this.begin(), PATIENCE_MS).unref();
  }

  private begin(): void {
    if (this.isAtWork) return;
    this.isAtWork = true;
    // Requests that have arrived by now are read before this runs.
    setImmediate(() => void this.work());
  }

  private async work(): Promise<void> {
    while (this.waiting.length > 0) {
      clearTimeout(this.patience);
      this.patience = undefined;
      const batch = this.waiting;
      this.waiting = [];
      const answered = Promise.all(batch.map(({ script, keys, args }) => this.link.run(script, keys, args)));
      const answers = await inTime(answered);
      for (const [index, { resolve }] of batch.entries()) resolve(answers === LATE ? LATE : answers[index]);
    }
    this.isAtWork = false;
  }
}

/** LATE after `ANSWER_MS`. What has come by then is read first: it may be this process that is slow. */
async function inTime<Answer>(answer: Promise<Answer>): Promise<Answer | typeof LATE> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<typeof LATE>((resolve) => {
    timer = setTimeout(() => setImmediate(resolve, LATE), ANSWER_MS);
  });
  return Promise.race([answer, late]).finally(() => clearTimeout(timer));
}
