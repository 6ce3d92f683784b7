import { Worker } from "node:worker_threads";

export interface TokenPiece {
  readonly text: string;
  /** Usually 1. If a character takes several tokens, the piece is that character. */
  readonly tokens: number;
}

type Answer = number | TokenPiece[];

interface Waiting {
  readonly characters: number;
  readonly resolve: (answer: Answer | undefined) => void;
}

/** How much text may wait to be counted. Beyond it, callers do with an estimate. */
const WAITING_CHARACTERS_MAX = 4 * 1024 * 1024;

/**
 * Counts and cuts tokens in a thread of its own: the tokenizer takes 60 MB and some hundred milliseconds to be loaded,
 * and a long prompt must not hold up everybody's tokens. The thread starts with the first text and does not keep the
 * process alive when it has nothing to do.
 */
export class TokenWorker {
  private thread: Worker | undefined;
  private readonly waiting = new Map<number, Waiting>();
  private waitingCharacters = 0;
  private lastId = 0;

  /** Returns the tokens of all slices; undefined if the thread broke. Never rejects. */
  count(slices: readonly string[], characters: number): Promise<number | undefined> {
    return this.ask({ slices }, characters) as Promise<number | undefined>;
  }

  /** Returns the tokens that a slice consists of; undefined if the thread broke. Never rejects. */
  cut(slice: string): Promise<TokenPiece[] | undefined> {
    return this.ask({ slice }, slice.length) as Promise<TokenPiece[] | undefined>;
  }

  /** Whether so much more text would wait too long. */
  isFull(characters: number): boolean {
    return this.waitingCharacters + characters > WAITING_CHARACTERS_MAX;
  }

  private ask(question: object, characters: number): Promise<Answer | undefined> {
    const thread = this.thread ?? this.start();
    const id = ++this.lastId;
    this.waitingCharacters += characters;
    thread.ref();
    thread.postMessage({ id, ...question });
    return new Promise((resolve) => this.waiting.set(id, { characters, resolve }));
  }

  private start(): Worker {
    const thread = new Worker(new URL("./token-thread.js", import.meta.url), { execArgv: [] });
    thread.on("message", ({ id, answer }: { id: number; answer: Answer }) => this.answer(thread, id, answer));
    // What waits for a thread that broke is estimated, and the next text starts another one.
    thread.on("error", () => undefined);
    thread.on("exit", () => {
      this.thread = undefined;
      for (const id of this.waiting.keys()) this.answer(thread, id, undefined);
    });
    this.thread = thread;
    return thread;
  }

  private answer(thread: Worker, id: number, answer: Answer | undefined): void {
    const asked = this.waiting.get(id);
    this.waiting.delete(id);
    this.waitingCharacters -= asked?.characters ?? 0;
    if (this.waiting.size === 0) thread.unref();
    asked?.resolve(answer);
  }
}
