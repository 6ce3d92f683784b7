import { setTimeout as sleep } from "node:timers/promises";
import { logFailure } from "../edge/log-failure.js";
import type { Clock } from "../lib/clock.js";
import type { Logger } from "../lib/log.js";
import type { Events } from "../lib/observe/events.js";
import type { Round, Task } from "../lib/task.js";

/** A task that always had more to do for so long is behind, and the log says so. */
const BEHIND_MS = 60_000;

interface Surroundings {
  readonly log: Logger;
  readonly events: Events;
  readonly clock: Clock;
  /** How to wait between two rounds. A test does not wait. */
  readonly pause?: (ms: number) => Promise<void>;
}

/**
 * Runs tasks at intervals. A task never runs twice at the same time. A task that has more to do than one round may does
 * its next round at once, and so on until it is done. A task that knows when it will have something to do has an early turn
 * then. If a task fails, the failure is logged, and the task runs again at its next turn.
 */
export class Background {
  private readonly timers: NodeJS.Timeout[] = [];
  private readonly earlyTurns = new Map<string, NodeJS.Timeout>();
  private readonly running = new Map<string, Promise<void>>();
  /** When the last turn of each task began. */
  private readonly lastBegan = new Map<string, number>();
  private isStopping = false;

  constructor(
    private readonly tasks: readonly Task[],
    private readonly surroundings: Surroundings,
  ) {}

  /** Starts the first turn of each task at once, because it puts right what a crash left behind. */
  start(): void {
    for (const task of this.tasks) {
      void this.turn(task);
      this.timers.push(setInterval(() => void this.turn(task), task.everyMs).unref());
    }
  }

  /** Starts no further turn, and waits for the rounds that are running. */
  async stop(): Promise<void> {
    this.isStopping = true;
    for (const timer of [...this.timers, ...this.earlyTurns.values()]) clearTimeout(timer);
    await Promise.all(this.running.values());
  }

  private turn(task: Task): Promise<void> {
    const underWay = this.running.get(task.name);
    if (underWay) return underWay;
    const turn = this.watched(task).finally(() => this.running.delete(task.name));
    this.running.set(task.name, turn);
    return turn;
  }

  private turnIn(task: Task, ms: number): void {
    clearTimeout(this.earlyTurns.get(task.name));
    if (this.isStopping) return;
    this.earlyTurns.set(task.name, setTimeout(() => void this.turn(task), ms).unref());
  }

  /** Never rejects. */
  private async watched(task: Task): Promise<void> {
    const { log, events, clock } = this.surroundings;
    const beganAt = clock.elapsedMs();
    const lateMs = Math.max(0, beganAt - (this.lastBegan.get(task.name) ?? beganAt) - task.everyMs);
    this.lastBegan.set(task.name, beganAt);
    let hasFailed = false;
    try {
      const last = await this.rounds(task);
      if (typeof last === "object") this.turnIn(task, last.nextMs);
    } catch (error) {
      hasFailed = true;
      logFailure(log, error, "A background task failed.", { task: task.name });
    }
    events.tell("task", { name: task.name, ms: clock.elapsedMs() - beganAt, hasFailed, lateMs });
  }

  /**
   * Does rounds until nothing is left. Between two it waits as long as the first of them took, so that a task that is
   * behind uses the database for at most half of the time. Returns what the last round came to.
   */
  private async rounds(task: Task): Promise<Round> {
    const { log, clock, pause = sleep } = this.surroundings;
    const beganAt = clock.elapsedMs();
    let toldAt = beganAt;
    for (let rounds = 1; ; rounds++) {
      const roundBeganAt = clock.elapsedMs();
      const round = await task.run();
      const now = clock.elapsedMs();
      const report = { task: task.name, rounds, forMs: Math.round(now - beganAt) };
      if (round !== "more" && toldAt > beganAt) log.info(report, "A background task has caught up.");
      if (round !== "more" || this.isStopping) return round;
      if (now - toldAt >= BEHIND_MS) {
        toldAt = now;
        log.warn(report, "A background task is behind: each round leaves more to do.");
      }
      await pause(now - roundBeganAt);
    }
  }
}
