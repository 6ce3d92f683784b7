import type { Logger } from "../lib/log.js";
import { isDatabaseAway, reasonOf } from "./failure.js";

/**
 * Knows from the statements of a process whether its database is away. Says so with one line when the first statement
 * fails, and with one line when a statement succeeds again.
 */
export class Outage {
  private beganAt = 0;
  private failures = 0;

  constructor(private readonly log: Logger) {}

  /** Takes note of how a statement, or a part of a transaction, ends. */
  watch<Result>(statement: Promise<Result>): Promise<Result> {
    statement.then(
      () => this.end(),
      (error: unknown) => this.note(error),
    );
    return statement;
  }

  private note(error: unknown): void {
    if (!isDatabaseAway(error)) return;
    this.failures += 1;
    if (this.failures > 1) return;
    this.beganAt = performance.now();
    this.log.warn(`The database is away: ${reasonOf(error)}`);
  }

  private end(): void {
    if (this.failures === 0) return;
    const seconds = ((performance.now() - this.beganAt) / 1_000).toFixed(1);
    const statements = this.failures === 1 ? "1 statement" : `${this.failures} statements`;
    this.failures = 0;
    this.log.info(`The database is back after ${seconds} s; ${statements} failed meanwhile.`);
  }
}
