import { describe, expect, it } from "vitest";
import { withResolve } from "../../src/lib/async/with-resolve.js";
import type { Clock } from "../../src/lib/clock.js";
import { createLog } from "../../src/lib/log.js";
import { Events } from "../../src/lib/observe/events.js";
import type { Round, Task } from "../../src/lib/task.js";
import { Background } from "../../src/ops/background.js";

const MINUTE_MS = 60_000;
const NEVER_MS = 2_147_483_647;

/** A clock that rounds move on, without anybody waiting. */
class StepClock implements Clock {
  ms = 0;
  now = () => new Date(this.ms);
  elapsedMs = () => this.ms;
}

function bench() {
  const clock = new StepClock();
  const lines: { level: string; message: string; rounds: number; forMs: number }[] = [];
  const log = createLog("silent");
  const write = (level: string) => (fields: { rounds: number; forMs: number }, message: string) =>
    void lines.push({ level, message, rounds: fields.rounds, forMs: fields.forMs });
  Object.assign(log, { info: write("info"), warn: write("warn"), error: write("error") });
  return { clock, lines, log, events: new Events(() => {}) };
}

/** Resolves after all timers of a few milliseconds that are set now. */
const nextTimers = () => new Promise((resolve) => setTimeout(resolve, 5));

const taskOf = (run: () => Promise<Round>): Task => ({ name: "sweep", everyMs: NEVER_MS, run });

describe("a background task", () => {
  it("goes on at once while there is more to do, and not after that", async () => {
    const { clock, log, events } = bench();
    let left = 3;
    const done = withResolve<void>();
    const run = async (): Promise<Round> => {
      left -= 1;
      if (left === 0) done.resolve();
      return left > 0 ? "more" : "done";
    };
    const background = new Background([taskOf(run)], { clock, log, events });
    background.start();
    await done.promise;
    await background.stop();
    expect(left).toBe(0);
  });

  it("has an early turn when it knows of something that will be due, and then waits for its next one", async () => {
    const { clock, log, events } = bench();
    let rounds = 0;
    const early = withResolve<void>();
    const run = async (): Promise<Round> => {
      rounds += 1;
      if (rounds === 2) early.resolve();
      return rounds === 1 ? { nextMs: 1 } : "done";
    };
    const turns: string[] = [];
    events.on("task", ({ name }) => turns.push(name));
    const background = new Background([taskOf(run)], { clock, log, events });
    background.start();
    await early.promise;
    await background.stop();
    expect(rounds).toBe(2);
    expect(turns).toEqual(["sweep", "sweep"]);
  });

  it("has no early turn once it is stopped", async () => {
    const { clock, log, events } = bench();
    let rounds = 0;
    const run = async (): Promise<Round> => {
      rounds += 1;
      return { nextMs: 1 };
    };
    const background = new Background([taskOf(run)], { clock, log, events });
    background.start();
    const stopped = background.stop();
    await stopped;
    const roundsThen = rounds;
    await nextTimers();
    expect(rounds).toBe(roundsThen);
  });

  it("stops between two rounds", async () => {
    const { clock, log, events } = bench();
    let rounds = 0;
    const begun = withResolve<void>();
    const held = withResolve<Round>();
    const run = () => {
      rounds += 1;
      begun.resolve();
      return held.promise;
    };
    const background = new Background([taskOf(run)], { clock, log, events });
    background.start();
    await begun.promise;
    const stopped = background.stop();
    held.resolve("more");
    await stopped;
    expect(rounds).toBe(1);
  });

  it("that is behind for a minute says so each minute, and says when it has caught up", async () => {
    const { clock, lines, log, events } = bench();
    const done = withResolve<void>();
    let rounds = 0;
    const run = async (): Promise<Round> => {
      rounds += 1;
      clock.ms += rounds === 6 ? 0 : MINUTE_MS / 2;
      if (rounds === 6) done.resolve();
      return rounds === 6 ? "done" : "more";
    };
    // The waits between rounds are real, so they are taken out.
    const background = new Background([taskOf(run)], { clock, log, events, pause: async () => undefined });
    background.start();
    await done.promise;
    await background.stop();
    const behind = { level: "warn", message: "A background task is behind: each round leaves more to do." };
    expect(lines).toEqual([
      { ...behind, rounds: 2, forMs: MINUTE_MS },
      { ...behind, rounds: 4, forMs: 2 * MINUTE_MS },
      { level: "info", message: "A background task has caught up.", rounds: 6, forMs: 2.5 * MINUTE_MS },
    ]);
  });

  it("waits between two rounds for as long as the first of them took", async () => {
    const { clock, log, events } = bench();
    const waits: number[] = [];
    const done = withResolve<void>();
    const lengths = [20, 300, 1];
    const run = async (): Promise<Round> => {
      clock.ms += lengths[0] ?? 0;
      lengths.shift();
      if (lengths.length === 0) done.resolve();
      return lengths.length > 0 ? "more" : "done";
    };
    const pause = async (ms: number) => void waits.push(ms);
    const background = new Background([taskOf(run)], { clock, log, events, pause });
    background.start();
    await done.promise;
    await background.stop();
    expect(waits).toEqual([20, 300]);
  });

  it("that fails is logged, and runs again at its next turn only", async () => {
    const { clock, lines, log, events } = bench();
    let rounds = 0;
    const run = async (): Promise<Round> => {
      rounds += 1;
      throw new Error("No.");
    };
    const background = new Background([taskOf(run)], { clock, log, events });
    background.start();
    await background.stop();
    expect(rounds).toBe(1);
    expect(lines).toMatchObject([{ level: "error", message: "A background task failed." }]);
  });
});
