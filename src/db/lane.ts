import { wasRefusedByServer } from "./failure.js";

/** The most members of a batch. */
const MEMBERS_MAX = 128;
/** The most characters of a batch. A member that is longer goes alone. */
const CHARACTERS_MAX = 8 * 1024 * 1024;

interface Waiting<Answer> {
  readonly id: string;
  readonly text: string;
  readonly resolve: (answer: Answer | undefined) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Commits what many ask for at the same time in one transaction. Only one batch is under way at a time. What arrives
 * meanwhile forms the next batch, so that one who is alone waits for nobody. Each member gets an answer of its own, and
 * only after the commit.
 *
 * `commit` gets the members of a batch as a JSON array, and returns at most one answer for each, by its id. If the
 * database refuses a batch, nothing of it is written, and each member is committed alone: a bad one fails only itself.
 * The next batch does not wait for that, because what was wrong may be a lock that somebody holds for long.
 */
export class Lane<Member extends { readonly id: string }, Answer extends { readonly id: string }> {
  private waiting: Waiting<Answer>[] = [];
  private isAtWork = false;

  constructor(private readonly commit: (batch: string) => Promise<readonly Answer[]>) {}

  /** Commits a member. Returns its answer; undefined if the database had none for it. */
  add(member: Member): Promise<Answer | undefined> {
    const text = JSON.stringify(member);
    return new Promise((resolve, reject) => {
      this.waiting.push({ id: member.id, text, resolve, reject });
      if (this.isAtWork) return;
      this.isAtWork = true;
      // Requests that have arrived by now are read before this runs.
      setImmediate(() => void this.work());
    });
  }

  private async work(): Promise<void> {
    while (this.waiting.length > 0) await this.settle(this.nextBatch());
    this.isAtWork = false;
  }

  private nextBatch(): Waiting<Answer>[] {
    let characters = 0;
    let count = 0;
    for (const { text } of this.waiting) {
      characters += text.length;
      if (count > 0 && (count === MEMBERS_MAX || characters > CHARACTERS_MAX)) break;
      count += 1;
    }
    return this.waiting.splice(0, count);
  }

  /** Never throws: each member gets its answer, or its error. */
  private async settle(batch: readonly Waiting<Answer>[]): Promise<void> {
    try {
      const answers = await this.commit(`[${batch.map(({ text }) => text).join(",")}]`);
      const byId = new Map(answers.map((answer) => [answer.id, answer]));
      for (const { id, resolve } of batch) resolve(byId.get(id));
    } catch (error) {
      if (batch.length > 1 && wasRefusedByServer(error)) for (const member of batch) void this.settle([member]);
      else for (const { reject } of batch) reject(error);
    }
  }
}
