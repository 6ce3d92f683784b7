import { setImmediate } from "node:timers/promises";
import { describe, expect, it, vi } from "vitest";
import type { RequestContext } from "../../src/edge/context.js";
import { loaderById } from "../../src/edge/graphql/loaders.js";

/** A database that answers statements when it is told to. */
class Statements {
  readonly begun: { readonly ids: readonly string[]; readonly end: () => void; readonly fail: () => void }[] = [];
  private underWay = 0;
  mostAtOnce = 0;
  private awaited: (() => void) | undefined;
  private readonly context = { services: {} } as RequestContext;

  private readonly loader = loaderById(
    (_, ids) =>
      new Promise<{ id: string }[]>((resolve, reject) => {
        this.underWay += 1;
        this.mostAtOnce = Math.max(this.mostAtOnce, this.underWay);
        const ended = (end: () => void) => () => {
          this.underWay -= 1;
          end();
        };
        this.begun.push({
          ids,
          end: ended(() => resolve(ids.map((id) => ({ id })))),
          fail: ended(() => reject(new Error("refused"))),
        });
        this.awaited?.();
      }),
    (row) => row.id,
  );

  load(id: string) {
    return this.loader(this.context).load(id);
  }

  /** Returns when this many statements have begun, and all that could begin beside them. */
  async until(count: number): Promise<void> {
    while (this.begun.length < count)
      await new Promise<void>((resolve) => {
        this.awaited = resolve;
      });
    await setImmediate();
  }
}

const idsOf = (count: number) => Array.from({ length: count }, (_, number) => `id-${number}`);

describe("a loader that all requests share", () => {
  it("has two statements under way at most, however many ids it is asked for at once", async () => {
    const statements = new Statements();
    const rows = Promise.all(idsOf(5_500).map((id) => statements.load(id)));
    for (let number = 0; number < 6; number++) {
      await statements.until(Math.min(number + 2, 6));
      statements.begun[number]?.end();
    }
    expect((await rows).map((row) => row?.id)).toEqual(idsOf(5_500));
    expect(statements.begun.map(({ ids }) => ids.length)).toEqual([1_000, 1_000, 1_000, 1_000, 1_000, 500]);
    expect(statements.mostAtOnce).toBe(2);
  });

  it("waits for statements that are not answered, but not for long", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    try {
      const statements = new Statements();
      const rows = Promise.all(idsOf(2_500).map((id) => statements.load(id)));
      await statements.until(2);
      await vi.advanceTimersByTimeAsync(2_499);
      expect(statements.begun).toHaveLength(2);
      await vi.advanceTimersByTimeAsync(1);
      expect(statements.begun).toHaveLength(3);
      for (const { end } of statements.begun) end();
      expect(await rows).toHaveLength(2_500);
      expect(vi.getTimerCount(), "timers that are left").toBe(0);
    } finally {
      vi.useRealTimers();
    }
  });

  it("goes on after statements that failed", async () => {
    const statements = new Statements();
    const rows = Promise.allSettled(idsOf(3_500).map((id) => statements.load(id)));
    for (const number of [0, 1, 2]) {
      await statements.until(number + 2);
      statements.begun[number]?.fail();
    }
    await statements.until(4);
    statements.begun[3]?.end();
    expect((await rows).filter(({ status }) => status === "rejected")).toHaveLength(3_000);
    const later = statements.load("later");
    await statements.until(5);
    statements.begun[4]?.end();
    expect(await later).toEqual({ id: "later" });
  });
});
