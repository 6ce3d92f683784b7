import { setImmediate } from "node:timers/promises";
import { describe, expect, it, vi } from "vitest";
import { Lane } from "../../src/db/lane.js";
import { Events } from "../../src/lib/observe/events.js";

interface Member {
  readonly id: string;
  readonly teamId: string;
  readonly text?: string;
}

/** A database that commits batches when it is told to. */
class Batches {
  readonly begun: { ids: string[]; end: (answers: { id: string }[]) => void; fail: (error: Error) => void }[] = [];
  private awaited: (() => void) | undefined;

  readonly lane = new Lane<Member, { readonly id: string }>(
    "test",
    new Events(() => {}),
    (batch) =>
      new Promise((resolve, reject) => {
        const ids = (JSON.parse(batch) as Member[]).map(({ id }) => id);
        this.begun.push({ ids, end: resolve, fail: reject });
        this.awaited?.();
      }),
  );

  /** Returns when this many batches have begun. */
  async until(count: number): Promise<void> {
    while (this.begun.length < count)
      await new Promise<void>((resolve) => {
        this.awaited = resolve;
      });
  }

  /** Answers a batch for all of its members. */
  end(index: number): void {
    const batch = this.begun[index];
    batch?.end(batch.ids.map((id) => ({ id })));
  }
}

const teamId = "team";
const refusedByServer = (code = "23514") => Object.assign(new Error("refused"), { severity: "ERROR", code });

describe("a lane", () => {
  it("commits what arrives at once together, and what arrives meanwhile in the next batch, one batch at a time", async () => {
    const batches = new Batches();
    const first = ["a", "b"].map((id) => batches.lane.add({ id, teamId }));
    await batches.until(1);
    const second = ["c", "d", "e"].map((id) => batches.lane.add({ id, teamId }));
    expect(batches.begun.map(({ ids }) => ids)).toEqual([["a", "b"]]);
    batches.end(0);
    expect(await Promise.all(first)).toEqual([{ id: "a" }, { id: "b" }]);
    await batches.until(2);
    batches.end(1);
    expect(await Promise.all(second)).toEqual([{ id: "c" }, { id: "d" }, { id: "e" }]);
    expect(batches.begun.map(({ ids }) => ids)).toEqual([
      ["a", "b"],
      ["c", "d", "e"],
    ]);
  });

  it("waits for a batch that is not answered, but not for long: the database may have fallen silent", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    try {
      const batches = new Batches();
      const first = batches.lane.add({ id: "silent", teamId });
      await batches.until(1);
      const second = batches.lane.add({ id: "next", teamId });
      await vi.advanceTimersByTimeAsync(2_499);
      expect(batches.begun).toHaveLength(1);
      await vi.advanceTimersByTimeAsync(1);
      expect(batches.begun.map(({ ids }) => ids)).toEqual([["silent"], ["next"]]);
      batches.end(1);
      expect(await second).toEqual({ id: "next" });
      batches.end(0);
      expect(await first).toEqual({ id: "silent" });
      expect(vi.getTimerCount(), "timers that are left").toBe(0);
    } finally {
      vi.useRealTimers();
    }
  });

  it("gives each member its own answer, and undefined where there is none", async () => {
    const batches = new Batches();
    const answers = ["a", "b"].map((id) => batches.lane.add({ id, teamId }));
    await batches.until(1);
    batches.begun[0]?.end([{ id: "b" }]);
    expect(await Promise.all(answers)).toEqual([undefined, { id: "b" }]);
  });

  it("commits each member alone if the server refuses the batch, so that a bad one fails only itself", async () => {
    const batches = new Batches();
    const answers = Promise.allSettled(["a", "bad", "c"].map((id) => batches.lane.add({ id, teamId })));
    await batches.until(1);
    batches.begun[0]?.fail(refusedByServer());
    await batches.until(4);
    expect(batches.begun.slice(1).map(({ ids }) => ids)).toEqual([["a"], ["bad"], ["c"]]);
    const next = batches.lane.add({ id: "next", teamId });
    await batches.until(5);
    batches.end(4);
    expect(await next).toEqual({ id: "next" });
    batches.end(1);
    batches.begun[2]?.fail(refusedByServer());
    batches.end(3);
    expect((await answers).map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
  });

  it("sets teams apart if the server waited for a lock, so that only the team fails that has to wait again", async () => {
    const batches = new Batches();
    const add = (id: string, teamId: string) => batches.lane.add({ id, teamId });
    const begun = () => batches.begun.map(({ ids }) => ids.join());
    const first = [add("a1", "locked"), add("b1", "free"), add("a2", "locked"), add("b2", "free")];
    const answers = Promise.allSettled(first);
    await batches.until(1);
    const further = [add("a3", "locked"), add("c1", "other")];
    batches.begun[0]?.fail(refusedByServer("55P03"));
    await batches.until(4);
    expect(begun().slice(1)).toEqual(["c1", "a1,a2,a3", "b1,b2"]);
    for (const index of [1, 3]) batches.end(index);
    expect(await Promise.all([further[1], first[1]])).toEqual([{ id: "c1" }, { id: "b1" }]);
    await setImmediate();
    // The team that was free is with the others again; the locked one has its own batches.
    const later = [add("b3", "free"), add("c2", "other"), add("a4", "locked")];
    await batches.until(5);
    batches.begun[2]?.fail(refusedByServer("55P03"));
    await batches.until(6);
    expect(begun().slice(4)).toEqual(["b3,c2", "a4"]);
    expect((await answers).map(({ status }) => status)).toEqual(["rejected", "fulfilled", "rejected", "fulfilled"]);
    await expect(further[0]).rejects.toThrow("refused");
    for (const index of [4, 5]) batches.end(index);
    await Promise.all(later);
    await setImmediate();
    const last = [add("a5", "locked"), add("c3", "other")];
    await batches.until(7);
    expect(begun().slice(6)).toEqual(["a5,c3"]);
    batches.end(6);
    await Promise.all(last);
  });

  it.each([
    ["the connection broke", new Error("Connection terminated unexpectedly")],
    ["a proxy says that the connection broke", refusedByServer("08P01")],
  ])("does not send a batch again if %s, because it may have been committed; and goes on", async (_, failure) => {
    const batches = new Batches();
    const answers = Promise.allSettled(["a", "b"].map((id) => batches.lane.add({ id, teamId })));
    await batches.until(1);
    batches.begun[0]?.fail(failure);
    expect((await answers).map(({ status }) => status)).toEqual(["rejected", "rejected"]);
    expect(batches.begun.length).toBe(1);
    const later = batches.lane.add({ id: "c", teamId });
    await batches.until(2);
    batches.end(1);
    expect(await later).toEqual({ id: "c" });
  });

  it("takes at most 128 members, or 8 Mi characters, in a batch", async () => {
    const batches = new Batches();
    const many = Array.from({ length: 130 }, (_, index) => batches.lane.add({ id: `${index}`, teamId }));
    const long = "x".repeat(5 * 1024 * 1024);
    const longOnes = ["long-1", "long-2"].map((id) => batches.lane.add({ id, teamId, text: long }));
    for (const [index, length] of [128, 3, 1].entries()) {
      await batches.until(index + 1);
      expect(batches.begun[index]?.ids.length).toBe(length);
      batches.end(index);
    }
    await Promise.all([...many, ...longOnes]);
    expect(batches.begun[1]?.ids).toEqual(["128", "129", "long-1"]);
  });
});
