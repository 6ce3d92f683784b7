import type { LogListener, MemoryStreamLog } from "../memory-stream-log.js";
import type { Batch } from "../stream-log.js";
import { logKey, type PlainForm, writeEntry } from "./log-entry.js";
import type { Peers } from "./peers.js";
import type { RedisLink } from "./redis-link.js";

export interface LogMirrorParts<Item, State> {
  readonly link: RedisLink;
  readonly peers: Peers;
  /** The logs that this process writes. */
  readonly log: MemoryStreamLog<Item, State>;
  readonly form: PlainForm<Item, State>;
  /** How long what a log said is kept if this process dies. */
  readonly keptMs: number;
}

/** How often something is written of a log that nobody follows elsewhere. */
const EVERY_MS = 500;
/** How many entries, and how many characters, are added to a stream before it begins anew with everything in one entry. */
const ADDED_MAX = 1_024;
const ADDED_CHARACTERS_MAX = 1024 * 1024;
/** How long a stream is kept after the end of its log. After that, the end can be read elsewhere. */
const ENDED_KEPT_MS = 10_000;

interface Mirrored {
  /** Whether it is written even if nobody asks for it, so that it survives this process. */
  readonly isKept: boolean;
  /** Another process follows it, so that each item is written at once. */
  isLive: boolean;
  /** The number of the last item that was written; 0 if nothing was. */
  position: number;
  /** The next entry holds everything from the first item on. */
  beginsAnew: boolean;
  /** What was added since the stream began, and how many characters it began with. */
  added: number;
  addedCharacters: number;
  firstCharacters: number;
  expiresAt: number;
  answers: string[];
}

/**
 * Writes the logs of this process to Redis, a stream each, for followers in other processes. It reads a log like any
 * other reader, from a position: so it keeps nothing itself, cannot slow down the log, and if Redis was away, it begins
 * the stream anew with everything. A log that nobody follows elsewhere is written at intervals, many items in one entry.
 * One that someone follows is written at the end of each turn of the event loop in which it grew.
 */
export class LogMirror<Item, State> implements LogListener {
  private readonly mirrored = new Map<string, Mirrored>();
  private readonly due = new Set<string>();
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly parts: LogMirrorParts<Item, State>) {
    const { link, peers, log } = parts;
    log.listen(this);
    peers.onAsked("log", (key, token) => this.answer(key, token));
    link.onChange(() => this.linkChanged());
  }

  /** Writes this log from now on, at intervals, even if nobody asks for it. */
  keep(key: string): void {
    if (!this.mirrored.has(key)) this.mirrored.set(key, newMirrored(true));
  }

  appended(key: string): void {
    if (this.mirrored.get(key)?.isLive) this.writeSoon(key);
  }

  closing(key: string): void {
    const mirrored = this.mirrored.get(key);
    if (!mirrored) return;
    if (mirrored.isLive || mirrored.position > 0) this.write(key, mirrored, ENDED_KEPT_MS);
    this.mirrored.delete(key);
  }

  /** Another process begins to follow this log: it gets everything that is there, and from then on each item at once. */
  private answer(key: string, token: string): void {
    if (!this.parts.log.has(key)) return;
    const mirrored = this.mirrored.get(key) ?? newMirrored(false);
    this.mirrored.set(key, mirrored);
    mirrored.isLive = true;
    mirrored.answers.push(token);
    this.writeSoon(key);
  }

  private writeSoon(key: string): void {
    if (this.due.size === 0) setImmediate(() => this.writeDue());
    this.due.add(key);
  }

  private writeDue(): void {
    for (const key of this.due) {
      const mirrored = this.mirrored.get(key);
      if (mirrored) this.write(key, mirrored);
    }
    this.due.clear();
  }

  private linkChanged(): void {
    clearInterval(this.timer);
    if (!this.parts.link.isUp) return;
    for (const mirrored of this.mirrored.values()) mirrored.beginsAnew = true;
    this.timer = setInterval(() => this.writeAll(), EVERY_MS).unref();
  }

  private writeAll(): void {
    for (const [key, mirrored] of this.mirrored) {
      mirrored.isLive &&= this.parts.peers.isWatched(`log:${key}`);
      if (mirrored.isLive || mirrored.isKept) this.write(key, mirrored);
      else this.mirrored.delete(key);
    }
  }

  private write(key: string, mirrored: Mirrored, keptMs = this.parts.keptMs): void {
    const { link, log, form } = this.parts;
    // What is left out here comes with the next entry, since the position stays.
    if (!link.takesMore) return;
    const answers = mirrored.answers.splice(0);
    const isAnew = mirrored.beginsAnew || answers.length > 0;
    const batch = log.batchAfter(key, isAnew ? 0 : mirrored.position);
    const now = performance.now();
    const isExpiring = keptMs < this.parts.keptMs || mirrored.expiresAt < now + keptMs / 2;
    if (batch) {
      const fields = writeEntry(batch, form, answers);
      // A state stands for everything before it, too.
      const isWhole = isAnew || batch.kind === "state";
      void link.post(["xadd", logKey(key), ...(isWhole ? ["MAXLEN", 1] : []), "*", ...fields]).then((isWritten) => {
        if (!isWritten) mirrored.beginsAnew = true;
      });
      noteWritten(mirrored, lastOf(batch), isWhole, lengthOf(fields));
    }
    if (!isExpiring || mirrored.position === 0) return;
    mirrored.expiresAt = now + keptMs;
    void link.post(["pexpire", logKey(key), keptMs]);
  }
}

const newMirrored = (isKept: boolean): Mirrored => ({
  isKept,
  isLive: false,
  position: 0,
  beginsAnew: true,
  added: 0,
  addedCharacters: 0,
  firstCharacters: 0,
  expiresAt: 0,
  answers: [],
});

function noteWritten(mirrored: Mirrored, position: number, isWhole: boolean, characters: number): void {
  mirrored.position = position;
  mirrored.added = isWhole ? 0 : mirrored.added + 1;
  mirrored.addedCharacters = isWhole ? 0 : mirrored.addedCharacters + characters;
  if (isWhole) mirrored.firstCharacters = characters;
  mirrored.beginsAnew =
    mirrored.added >= ADDED_MAX || mirrored.addedCharacters >= Math.max(ADDED_CHARACTERS_MAX, mirrored.firstCharacters);
}

const lastOf = (batch: Batch<unknown, unknown>): number =>
  batch.kind === "state" ? batch.sequence : (batch.items.at(-1)?.sequence ?? 0);

const lengthOf = (fields: readonly string[]): number => fields.reduce((sum, field) => sum + field.length, 0);
