import { setTimeout as sleep } from "node:timers/promises";
import type { Redis } from "ioredis";
import type { Logger } from "../../lib/log.js";

export interface StreamEntry {
  readonly id: string;
  readonly fields: ReadonlyMap<string, string>;
}

/** So often a connection on which nothing comes shows that it works. */
const BLOCK_MS = 1_000;
/** How many entries of one stream come at a time. */
const ENTRIES_MAX = 256;
/** How soon it looks again whether there is something to follow. */
const PAUSE_MS = 1_000;

/** Follow from here to get only what is written after the connection is there, and after it is there again. */
export const NEWEST = "$";

interface Followed {
  readonly key: string;
  readonly after: string;
  position: string;
  readonly take: (entries: readonly StreamEntry[]) => void;
  /** Its key holds something else, which would spoil the command for all streams. */
  isUnreadable: boolean;
}

type Reply = readonly [key: string, entries: readonly [id: string, fields: readonly string[] | null][]][] | null;

/**
 * Reads any number of streams on one connection, with one command that waits for all of them. A stream that is followed
 * from now on is read from the next command on: whoever follows one writes something that is read here too.
 */
export class StreamReader {
  private readonly followed = new Map<string, Followed>();
  private isRunning = false;

  constructor(
    private readonly connection: Redis,
    private readonly log: Logger,
  ) {}

  follow(key: string, after: string, take: (entries: readonly StreamEntry[]) => void): () => void {
    const followed: Followed = { key, after, position: after, take, isUnreadable: false };
    this.followed.set(key, followed);
    return () => {
      if (this.followed.get(key) === followed) this.followed.delete(key);
    };
  }

  /** Reads until the connection is lost. To be called each time that it is there. Rejects if Redis refuses to be read. */
  async run(): Promise<void> {
    if (this.isRunning) return;
    this.isRunning = true;
    for (const stream of this.followed.values()) {
      stream.isUnreadable = false;
      if (stream.after === NEWEST) stream.position = NEWEST;
    }
    try {
      while (this.connection.status === "ready") await this.read().catch((error: Error) => this.leaveOut(error));
    } finally {
      this.isRunning = false;
    }
  }

  private async read(): Promise<void> {
    const streams = [...this.followed.values()].filter(({ isUnreadable }) => !isUnreadable);
    if (streams.length === 0) return sleep(PAUSE_MS);
    for (const stream of streams) if (stream.position === NEWEST) stream.position = await this.newestOf(stream.key);
    const positions = streams.map(({ position }) => position);
    const keys = streams.map(({ key }) => key);
    const reply = (await this.connection.call(
      "XREAD",
      ...["COUNT", ENTRIES_MAX, "BLOCK", BLOCK_MS, "STREAMS", ...keys, ...positions],
    )) as Reply;
    const byKey = new Map(streams.map((stream) => [stream.key, stream]));
    for (const [key, entries] of reply ?? []) {
      const stream = byKey.get(key);
      // It may have been left, or left and followed again, while the command waited.
      if (!stream || this.followed.get(key) !== stream) continue;
      stream.position = entries.at(-1)?.[0] ?? stream.position;
      this.pass(
        entries.map(([id, fields]) => ({ id, fields: fieldsOf(fields ?? []) })),
        stream,
      );
    }
  }

  /** Entries that nobody can take up, such as JSON that is nested too deeply, do not keep the others from theirs. */
  private pass(entries: readonly StreamEntry[], { key, take }: Followed): void {
    try {
      take(entries);
    } catch (error) {
      this.log.error({ err: error, key }, "What others wrote into Redis could not be taken up.");
    }
  }

  /** Finds out which log cannot be read, and reads the rest from now on. Throws the error if that is not the reason. */
  private async leaveOut(error: Error): Promise<void> {
    const unreadable: Followed[] = [];
    for (const stream of [...this.followed.values()].filter(({ isUnreadable }) => !isUnreadable)) {
      const type = String(await this.connection.call("TYPE", stream.key));
      if (type !== "stream" && type !== "none") unreadable.push(stream);
    }
    // Without what processes tell each other, the rest is of no use.
    if (unreadable.length === 0 || unreadable.some(({ after }) => after === NEWEST)) throw error;
    for (const stream of unreadable) stream.isUnreadable = true;
    this.log.error({ err: error }, "Redis does not let this process read what others write.");
  }

  private async newestOf(key: string): Promise<string> {
    const [newest] = (await this.connection.call("XREVRANGE", key, "+", "-", "COUNT", 1)) as [string, unknown][];
    return newest?.[0] ?? "0-0";
  }
}

function fieldsOf(list: readonly string[]): Map<string, string> {
  const fields = new Map<string, string>();
  for (let index = 0; index + 1 < list.length; index += 2) fields.set(list[index] ?? "", list[index + 1] ?? "");
  return fields;
}
