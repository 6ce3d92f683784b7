import { Worker } from "node:worker_threads";

/** How much text may wait to be counted. Beyond it, callers do with an estimate. */
const WAITING_CHARACTERS_MAX = 4 * 1024 * 1024;

interface Waiting {
  readonly characters: number;
  readonly resolve: (tokens: number | undefined) => void;
}

/**
 * Counts tokens in a thread of its own, so that a long prompt does not hold up everybody's tokens. The thread starts
 * with the first text, takes one after the other, and does not keep the process alive when it has nothing to do.
 */
export class TokenWorker {
  private thread: Worker | undefined;
  /** In the order in which the thread answers. */
  private waiting: Waiting[] = [];
  private waitingCharacters = 0;

  /** Returns the tokens of all slices; undefined if too much waits already, or if the thread broke. Never rejects. */
  count(slices: readonly string[], characters: number): Promise<number | undefined> {
    if (this.waitingCharacters + characters > WAITING_CHARACTERS_MAX) return Promise.resolve(undefined);
    const thread = this.thread ?? this.start();
    this.waitingCharacters += characters;
    thread.ref();
    thread.postMessage(slices);
    return new Promise((resolve) => this.waiting.push({ characters, resolve }));
  }

  private start(): Worker {
    const thread = new Worker(new URL("./count-slices.js", import.meta.url), { execArgv: [] });
    thread.on("message", (tokens: number) => this.answer(thread, tokens));
    // What waits for a thread that broke is estimated, and the next text starts another one.
    thread.on("error", () => undefined);
    thread.on("exit", () => {
      this.thread = undefined;
      while (this.waiting.length > 0) this.answer(thread, undefined);
    });
    this.thread = thread;
    return thread;
  }

  private answer(thread: Worker, tokens: number | undefined): void {
    const first = this.waiting.shift();
    this.waitingCharacters -= first?.characters ?? 0;
    if (this.waiting.length === 0) thread.unref();
    first?.resolve(tokens);
  }
}
