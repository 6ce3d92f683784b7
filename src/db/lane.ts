import { performance } from "node:perf_hooks";
import { endedOrAfter } from "../lib/async/ended-or-after.js";
import type { Events } from "../lib/observe/events.js";
import { inPlaces, type Place, placeInTrace } from "../lib/observe/tracing.js";
import { waitedForLock, wasRefusedByServer } from "./failure.js";

export interface Member {
  readonly id: string;
  /** The team whose rows the member locks. */
  readonly teamId: string;
}

/** The most members of a batch. */
const MEMBERS_MAX = 128;
/** The most characters of a batch. A member that is longer goes alone. */
const CHARACTERS_MAX = 8 * 1024 * 1024;
/** How long the next batch waits for one that is not answered. That is longer than a statement waits for a lock. */
const BATCH_WAIT_MS = 2_500;

interface Waiting<Answer> extends Member {
  readonly text: string;
  readonly sinceMs: number;
  readonly place: Place;
  readonly resolve: (answer: Answer | undefined) => void;
  readonly reject: (error: unknown) => void;
}

/** What waits for the batch that is under way. */
interface Queue<Answer> {
  waiting: Waiting<Answer>[];
  isAtWork: boolean;
}

const newQueue = <Answer>(): Queue<Answer> => ({ waiting: [], isAtWork: false });

/**
 * Commits what many ask for at the same time in one transaction. Only one batch is under way at a time. What arrives
 * meanwhile forms the next batch, so that one who is alone waits for nobody. Each member gets an answer of its own, and
 * only after the commit. If a batch is not answered in time, the next one begins all the same: the database may have fallen
 * silent, and then each request must learn of it within the time of one statement.
 *
 * `commit` gets the members of a batch as a JSON array, and returns at most one answer for each, by its id. If the
 * database refuses a batch, nothing of it is written, and each member is committed alone: a bad one fails only itself.
 * The next batch does not wait for that.
 *
 * If a batch was refused because somebody holds a lock for long, its teams are set apart: each has batches of its own,
 * until one of them is committed and no more wait. So the lock holds up only the team whose rows are locked, which has
 * one connection at most.
 */
export class Lane<Added extends Member, Answer extends { readonly id: string }> {
  private readonly shared = newQueue<Answer>();
  private readonly apart = new Map<string, Queue<Answer>>();

  constructor(
    private readonly name: string,
    private readonly events: Events,
    private readonly commit: (batch: string) => Promise<readonly Answer[]>,
  ) {}

  /** Commits a member. Returns its answer; undefined if the database had none for it. */
  add(member: Added): Promise<Answer | undefined> {
    const { id, teamId } = member;
    const text = JSON.stringify(member);
    const sinceMs = performance.now();
    const place = placeInTrace();
    return new Promise((resolve, reject) => this.enqueue({ id, teamId, text, sinceMs, place, resolve, reject }));
  }

  private enqueue(member: Waiting<Answer>): void {
    const queue = this.apart.get(member.teamId) ?? this.shared;
    queue.waiting.push(member);
    if (queue.isAtWork) return;
    queue.isAtWork = true;
    // Requests that have arrived by now are read before this runs.
    setImmediate(() => void (queue === this.shared ? this.workShared() : this.workApart(member.teamId, queue)));
  }

  private async workShared(): Promise<void> {
    while (this.shared.waiting.length > 0) {
      const batch = nextBatch(this.shared);
      const ended = this.settle(batch).then((error) => error && this.setApart(batch, error));
      await endedOrAfter(BATCH_WAIT_MS, ended);
    }
    this.shared.isAtWork = false;
  }

  private async workApart(teamId: string, queue: Queue<Answer>): Promise<void> {
    let isLocked = true;
    while (queue.waiting.length > 0) {
      const batch = nextBatch(queue);
      const ended = this.settle(batch).then((error) => {
        isLocked = error !== undefined;
        for (const { reject } of isLocked ? batch : []) reject(error);
      });
      await endedOrAfter(BATCH_WAIT_MS, ended);
    }
    queue.isAtWork = false;
    if (!isLocked) this.apart.delete(teamId);
  }

  /** Sets the teams of a batch apart that waited for a lock in vain. If it was one team, there is no need to try again. */
  private setApart(batch: readonly Waiting<Answer>[], error: Error): void {
    const teamIds = new Set(batch.map(({ teamId }) => teamId));
    for (const teamId of teamIds) if (!this.apart.has(teamId)) this.apart.set(teamId, newQueue());
    for (const { reject } of teamIds.size === 1 ? batch : []) reject(error);
    const waiting = this.shared.waiting.splice(0);
    for (const member of teamIds.size === 1 ? waiting : [...batch, ...waiting]) this.enqueue(member);
  }

  /**
   * Gives each member its answer or its error. Never throws. If the batch waited for a lock in vain, the members get
   * nothing yet, and the error is returned.
   */
  private async settle(batch: readonly Waiting<Answer>[]): Promise<Error | undefined> {
    const sentMs = performance.now();
    try {
      const members = `[${batch.map(({ text }) => text).join(",")}]`;
      const places = batch.map(({ place }) => place);
      const answers = await inPlaces(places, () => this.commit(members));
      this.tell(batch, sentMs);
      const byId = new Map(answers.map((answer) => [answer.id, answer]));
      for (const { id, resolve } of batch) resolve(byId.get(id));
    } catch (error) {
      if (waitedForLock(error)) return error;
      if (batch.length > 1 && wasRefusedByServer(error)) for (const member of batch) void this.settleAlone(member);
      else for (const { reject } of batch) reject(error);
    }
    return undefined;
  }

  private tell(batch: readonly Waiting<Answer>[], sentMs: number): void {
    const waitedMs = sentMs - (batch[0]?.sinceMs ?? sentMs);
    this.events.tell("batch", { lane: this.name, size: batch.length, waitedMs, ms: performance.now() - sentMs });
  }

  private async settleAlone(member: Waiting<Answer>): Promise<void> {
    const error = await this.settle([member]);
    if (error) member.reject(error);
  }
}

function nextBatch<Answer>({ waiting }: Queue<Answer>): Waiting<Answer>[] {
  let characters = 0;
  let count = 0;
  for (const { text } of waiting) {
    characters += text.length;
    if (count > 0 && (count === MEMBERS_MAX || characters > CHARACTERS_MAX)) break;
    count += 1;
  }
  return waiting.splice(0, count);
}
