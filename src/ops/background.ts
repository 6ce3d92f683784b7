import type { Logger } from "../lib/log.js";
import type { Task } from "../lib/task.js";

/**
 * Runs tasks at intervals. A task never runs twice at the same time. If a task fails, the failure is logged, and the
 * task runs again at its next turn.
 */
export class Background {
  private readonly timers: NodeJS.Timeout[] = [];
  private readonly running = new Map<string, Promise<void>>();

  constructor(
    private readonly tasks: readonly Task[],
    private readonly log: Logger,
  ) {}

  /** Starts the first turn of each task at once, because it puts right what a crash left behind. */
  start(): void {
    for (const task of this.tasks) {
      void this.turn(task);
      this.timers.push(setInterval(() => void this.turn(task), task.everyMs).unref());
    }
  }

  /** Starts no further turn, and waits for the turns that are running. */
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
