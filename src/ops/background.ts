import type { Logger } from "../lib/log.js";
import type { Task } from "../lib/task.js";

/** Runs tasks at intervals, never one twice at once; a task that fails is logged and tried again at its next turn. */
export class Background {
  private readonly timers: NodeJS.Timeout[] = [];
  private readonly running = new Map<string, Promise<void>>();

  constructor(
    private readonly tasks: readonly Task[],
    private readonly log: Logger,
  ) {}

  /** The first turn of each task is at once: what a crash left behind waits for it. */
  start(): void {
    for (const task of this.tasks) {
      void this.turn(task);
      this.timers.push(setInterval(() => void this.turn(task), task.everyMs).unref());
    }
  }

  /** Runs each task once, now, and returns when all are done. */
  async runAllNow(): Promise<void> {
    for (const task of this.tasks) await this.turn(task);
  }

  /** Starts no further turn and waits for those under way. */
  async stop(): Promise<void> {
    for (const timer of this.timers) clearInterval(timer);
    await Promise.all(this.running.values());
  }

  private turn(task: Task): Promise<void> {
    const underWay = this.running.get(task.name);
    if (underWay) return underWay;
    const turn = task
      .run()
      .catch((error) => this.log.error({ err: error, task: task.name }, "A background task failed."))
      .finally(() => this.running.delete(task.name));
    this.running.set(task.name, turn);
    return turn;
  }
}
