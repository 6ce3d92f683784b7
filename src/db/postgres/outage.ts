import type { Logger } from "../../lib/log.js";
import { isDatabaseAway, reasonOf } from "../failure.js";

/** An outage is over once no statement has failed for so long. Until then, some may get through and others not. */
const CALM_MS = 1_000;

/**
 * Knows from the statements of a process whether its database is away. Says so with one line when the first statement
 * fails, and with one line when statements succeed again and none fails any more.
 */
export class Outage {
  private beganAt = 0;
  private failedAt = 0;
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
    this.failedAt = performance.now();
    if (this.failures > 1) return;
    this.beganAt = this.failedAt;
    this.log.warn(`The database is away: ${reasonOf(error)}`);
  }

  private end(): void {
    if (this.failures === 0 || performance.now() - this.failedAt < CALM_MS) return;
    const seconds = ((performance.now() - this.beganAt) / 1_000).toFixed(1);
    const statements = this.failures === 1 ? "1 statement" : `${this.failures} statements`;
    this.failures = 0;
    this.log.info(`The database is back after ${seconds} s; ${statements} failed meanwhile.`);
  }
}
