import { hash } from "node:crypto";
import { setImmediate as nextTurn } from "node:timers/promises";
import type { ChainableCommander, Redis } from "ioredis";
import { endedOrAfter } from "../../lib/async/ended-or-after.js";
import type { Logger } from "../../lib/log.js";
import type { Command } from "./command.js";
import { type Answers, refusalIn, tryOut } from "./refusal.js";
import type { StreamEntry, StreamReader } from "./stream-reader.js";

/**
 * With so many characters on their way to Redis, it is too slow, and what would come next is left out. The last entry may
 * go beyond it, whatever its length: the log of a call may be longer.
 */
const UNANSWERED_MAX = 16 * 1024 * 1024;
/** How soon a Redis that refuses what is asked of it is asked again, on new connections: another one may be there by then. */
const TRY_AGAIN_MS = 1_000;
/** How long the end of the process waits for answers. */
const LAST_ANSWERS_MS = 1_000;

/** What this process has of Redis. Nothing that it does may be needed for a call to run and to be settled. */
export interface RedisLink {
  /** Whether Redis answers, and does what is asked of it. */
  readonly isUp: boolean;
  /** Whether it is up and keeps pace. If not, nothing is sent, and nothing need be prepared for it. */
  readonly takesMore: boolean;
  /**
   * Sends commands, together with all others that are posted before the event loop goes on. Resolves with whether Redis has
   * carried them out. If that is false, it may have carried out some. Never rejects.
   */
  post(...commands: readonly Command[]): Promise<boolean>;
  /**
   * Runs a Lua script with these KEYS and ARGV. Resolves with what it returns; undefined if Redis is away, does not keep
   * pace, or refuses it. Never rejects.
   */
  run(script: string, keys: readonly string[], args: readonly (string | number)[]): Promise<unknown>;
  /** Calls `take` with the entries of a stream after one, in order, as they come, until the returned function is called. */
  follow(key: string, after: string, take: (entries: readonly StreamEntry[]) => void): () => void;
  /** Adds a listener, which is called after each change of `isUp`. */
  onChange(listener: () => void): void;
  close(): Promise<void>;
}

/** Without Redis it is as if it were always away. */
export const NO_REDIS: RedisLink = {
  isUp: false,
  takesMore: false,
  post: async () => false,
  run: async () => undefined,
  follow: () => () => {},
  onChange: () => {},
  close: async () => {},
};

const CLOSED = "the connection was closed";

interface Outgoing {
  readonly commands: Command[];
  readonly answered: Promise<Answers>;
}

/**
 * Two connections to one Redis: one for commands, and one that waits for what others write. They are up or away together.
 * While they are away, they are opened again and again, and the log has said so once. A Redis that answers and refuses,
 * because it has no memory left or has become a read-only replica, is away too.
 */
export class RedisConnections implements RedisLink {
  private state: "opening" | "up" | "away" = "opening";
  private isClosing = false;
  private isTrying = false;
  private again: NodeJS.Timeout | undefined;
  private lastError = CLOSED;
  private outgoing: Outgoing | undefined;
  private unanswered = 0;
  private readonly pipelines = new Set<Promise<unknown>>();
  private readonly listeners: (() => void)[] = [];

  constructor(
    private readonly writer: Redis,
    private readonly waiter: Redis,
    private readonly reader: StreamReader,
    private readonly log: Logger,
  ) {
    for (const connection of [writer, waiter]) {
      connection.on("error", (error: Error) => {
        this.lastError = error.message || String(error);
      });
      connection.on("ready", () => this.look());
      connection.on("close", () => this.look());
    }
  }

  get isUp(): boolean {
    return this.state === "up";
  }

  get takesMore(): boolean {
    return this.isUp && this.unanswered < UNANSWERED_MAX;
  }

  async post(...commands: readonly Command[]): Promise<boolean> {
    const answers = await this.send(commands);
    return answers.length === commands.length && answers.every(([error]) => error === null);
  }

  async run(script: string, keys: readonly string[], args: readonly (string | number)[]): Promise<unknown> {
    const given = [keys.length, ...keys, ...args];
    let [answer] = await this.send([["evalsha", digestOf(script), ...given]]);
    // Redis knows a script by its digest once it has run it, until it is restarted.
    if (answer?.[0]?.message.startsWith("NOSCRIPT")) [answer] = await this.send([["eval", script, ...given]]);
    return answer?.[0] === null ? answer[1] : undefined;
  }

  /** What Redis answers to commands, which it gets with all others of this turn. Nothing if it is away. */
  private async send(commands: readonly Command[]): Promise<Answers> {
    if (!this.takesMore) return [];
    const size = sizeOf(commands);
    this.outgoing ??= this.openPipeline();
    const { commands: all, answered } = this.outgoing;
    const first = all.length;
    all.push(...commands);
    this.unanswered += size;
    const answers = await answered;
    this.unanswered -= size;
    return answers.slice(first, first + commands.length);
  }

  follow(key: string, after: string, take: (entries: readonly StreamEntry[]) => void): () => void {
    return this.reader.follow(key, after, take);
  }

  onChange(listener: () => void): void {
    this.listeners.push(listener);
  }

  async close(): Promise<void> {
    this.isClosing = true;
    clearTimeout(this.again);
    await endedOrAfter(LAST_ANSWERS_MS, Promise.allSettled([this.outgoing?.answered, ...this.pipelines]));
    for (const connection of [this.writer, this.waiter]) connection.disconnect();
  }

  /**
   * Collects commands until the event loop goes on. That is not the end of its turn: most who post have waited for that, and
   * would wait for a second one.
   */
  private openPipeline(): Outgoing {
    const commands: Command[] = [];
    const answered = new Promise<Answers>((resolve) => {
      process.nextTick(() => {
        this.outgoing = undefined;
        const sent = answersOf(this.writer, commands).then((answers) => {
          resolve(answers);
          const refusal = refusalIn(commands, answers);
          if (refusal) this.refused(refusal);
        });
        const done = sent.catch(() => resolve([]));
        this.pipelines.add(done);
        void done.then(() => this.pipelines.delete(done));
      });
    });
    return { commands, answered };
  }

  private look(): void {
    if (this.isClosing) return;
    if (this.writer.status !== "ready" || this.waiter.status !== "ready") {
      if (this.isUp) this.turn("away");
    } else if (!this.isUp) void this.tryOut();
  }

  /** Redis is up once it has shown that it does what is asked of it. */
  private async tryOut(): Promise<void> {
    if (this.isTrying) return;
    this.isTrying = true;
    const refusal = await tryOut(this.writer, this.waiter).finally(() => {
      this.isTrying = false;
    });
    if (this.isClosing || this.writer.status !== "ready" || this.waiter.status !== "ready") return;
    if (refusal) return this.refused(refusal);
    this.turn("up");
    await this.reader.run().catch(async (error: Error) => {
      // A connection that is being lost says so in a later turn of the event loop.
      await nextTurn();
      if (this.isUp) this.refused(error);
    });
  }

  private refused(error: Error): void {
    if (this.isClosing) return;
    this.lastError = error.message;
    if (this.state !== "away") this.turn("away");
    clearTimeout(this.again);
    this.again = setTimeout(() => {
      for (const connection of [this.writer, this.waiter]) connection.disconnect(true);
    }, TRY_AGAIN_MS).unref();
  }

  private turn(state: "up" | "away"): void {
    if (state === "away")
      this.log.warn({ reason: this.lastError }, "Redis is away. Calls run and are settled without it.");
    else if (this.state === "away") this.log.info("Redis is back.");
    this.lastError = CLOSED;
    this.state = state;
    for (const listener of this.listeners) listener();
  }
}

/** Sends commands together, and collects what Redis says to each. A command that is alone needs no pipeline. */
async function answersOf(writer: Redis, commands: readonly Command[]): Promise<Answers> {
  const [first, ...others] = commands;
  if (first && others.length === 0) {
    const [name, ...args] = first;
    return [
      await writer.call(name, ...args).then(
        (result) => [null, result] as const,
        (error: Error) => [error, undefined] as const,
      ),
    ];
  }
  const pipeline: ChainableCommander = writer.pipeline(commands as unknown as unknown[][]);
  return (await pipeline.exec()) ?? [];
}

const digests = new Map<string, string>();

function digestOf(script: string): string {
  const digest = digests.get(script) ?? hash("sha1", script, "hex");
  digests.set(script, digest);
  return digest;
}

function sizeOf(commands: readonly Command[]): number {
  let size = 0;
  for (const command of commands) for (const part of command) size += typeof part === "string" ? part.length : 8;
  return size;
}
