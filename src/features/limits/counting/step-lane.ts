import { performance } from "node:perf_hooks";
import type { RedisLink } from "../../../streams/redis/redis-link.js";
import { COUNT } from "./count-script.js";
import type { Standing } from "./counter.js";
import { readAnswer, type Step, written } from "./steps.js";

/** How long a step waits for its answer, from when it was asked for. */
const ANSWER_MS = 1_000;
/** How long Redis has for a batch at least, also if one of its steps has waited for the batch before. */
const ANSWER_AT_LEAST_MS = 100;
/** How long a step that is not urgent waits for others to go with. */
const PATIENCE_MS = 5;
/** The most steps of a batch, because Redis does nothing else meanwhile. */
const STEPS_MAX = 250;

/** What stands for an answer that did not come in time. */
export const LATE = Symbol("late");
/** Where the limits of a step stand, if it counted a call. Undefined if Redis has not carried it out. */
export type Answer = readonly Standing[] | typeof LATE | undefined;

interface Waiting {
  readonly step: Step;
  readonly askedAt: number;
  readonly resolve: (answer: Answer) => void;
}

/**
 * Sends steps to Redis in batches. Only one batch is under way at a time, and what is asked for meanwhile forms the next
 * one. A batch is one run of one script, whatever its steps are: most of what a step costs is that of its batch. Steps are
 * carried out in the order in which they were asked for. If a batch has no answer, what waits behind it is not sent: it
 * would only wait for the same Redis.
 */
export class StepLane {
  private waiting: Waiting[] = [];
  private isAtWork = false;
  /** Whether what waits is to be sent as soon as that is possible. */
  private isDue = false;
  private patience: NodeJS.Timeout | undefined;

  constructor(
    private readonly link: Pick<RedisLink, "run">,
    /** For how long a slot counts that nobody renews. */
    private readonly leaseMs: number,
  ) {}

  /** Resolves with the answer; LATE if it did not come within a second. */
  run(step: Step): Promise<Answer> {
    const answer = this.wait(step);
    this.begin();
    return answer;
  }

  /** The same for a step that is not urgent. It goes with the next one that is, or a moment later. */
  runSoon(step: Step): Promise<Answer> {
    this.patience ??= setTimeout(() => this.begin(), PATIENCE_MS);
    return this.wait(step);
  }

  /** Resolves when all that was asked for is answered. */
  async flush(): Promise<void> {
    if (this.isAtWork || this.waiting.length > 0) await this.run({ does: "renew", slots: [] });
  }

  private wait(step: Step): Promise<Answer> {
    return new Promise((resolve) => this.waiting.push({ step, askedAt: performance.now(), resolve }));
  }

  private begin(): void {
    this.isDue = true;
    if (this.isAtWork) return;
    this.isAtWork = true;
    // Requests that have arrived by now are read before this runs.
    setImmediate(() => void this.work());
  }

  private async work(): Promise<void> {
    while (this.isDue) {
      const batch = this.next(STEPS_MAX);
      const answers = await this.send(batch);
      if (answers === LATE || answers === undefined)
        for (const { resolve } of [...batch, ...this.next()]) resolve(answers);
      else for (const [index, { resolve }] of batch.entries()) resolve(answers[index]);
    }
    this.isAtWork = false;
  }

  /** Takes so many of the steps that wait. All that are left are to be sent as soon as possible. */
  private next(count = Number.POSITIVE_INFINITY): Waiting[] {
    clearTimeout(this.patience);
    this.patience = undefined;
    const next = this.waiting.splice(0, count);
    this.isDue = this.waiting.length > 0;
    return next;
  }

  private async send(batch: readonly Waiting[]): Promise<Standing[][] | typeof LATE | undefined> {
    const steps = batch.map(({ step }) => step);
    const { keys, args } = written(steps, this.leaseMs);
    const waitedMs = performance.now() - (batch[0]?.askedAt ?? 0);
    const answer = await inTime(this.link.run(COUNT, keys, args), Math.max(ANSWER_AT_LEAST_MS, ANSWER_MS - waitedMs));
    return answer === LATE ? LATE : readAnswer(answer, steps);
  }
}

/** LATE after so many milliseconds. What has come by then is read first: it may be this process that is slow. */
function inTime<Answer>(answer: Promise<Answer>, ms: number): Promise<Answer | typeof LATE> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => setImmediate(resolve, LATE), ms);
    void answer.finally(() => clearTimeout(timer)).then(resolve, reject);
  });
}
