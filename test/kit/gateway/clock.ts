import type { Clock } from "../../../src/lib/clock.js";

/** Stands still until it is told to move. */
export class FakeClock implements Clock {
  private time = Date.parse("2026-03-01T12:00:00.000Z");

  now(): Date {
    return new Date(this.time);
  }

  advance(ms: number): void {
    this.time += ms;
  }
}
