import { performance } from "node:perf_hooks";
import type { Clock } from "../../lib/clock.js";
import { type Task, wholeRound } from "../../lib/task.js";
import type { Sql } from "../statement.js";
import { readNow } from "./database-clock.sql.js";

const SYNC_EVERY_MS = 60_000;

/**
 * The database's clock, carried on by the monotonic clock of this process. Timestamps that this process makes are then
 * those of the database to within the time that a statement takes, and a wall clock that is wrong, or jumps, does not
 * matter.
 */
export class DatabaseClock implements Clock {
  private constructor(
    private readonly sql: Sql,
    /** The database's time minus the monotonic time, in milliseconds. */
    private offsetMs: number,
  ) {}

  static async start(sql: Sql): Promise<DatabaseClock> {
    const clock = new DatabaseClock(sql, 0);
    await clock.sync();
    return clock;
  }

  now(): Date {
    return new Date(this.offsetMs + performance.now());
  }

  elapsedMs(): number {
    return performance.now();
  }

  /** Asks the database for the time again: the clocks of two machines drift apart. */
  get syncTask(): Task {
    return { name: "sync clock", everyMs: SYNC_EVERY_MS, run: () => wholeRound(this.sync()) };
  }

  private async sync(): Promise<void> {
    const [row] = await this.sql.run(readNow, {});
    if (row) this.offsetMs = row.now.getTime() - performance.now();
  }
}
