import { setImmediate as turn } from "node:timers/promises";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Copy, type Log, logOf } from "../../kit/streams/stream-log.js";

describe("whatever is appended, read, dropped and resumed", () => {
  const turns = fc.nat({ max: 5 });
  const burst = fc.record({ sizes: fc.array(fc.nat({ max: 12 }), { maxLength: 12 }), turns });
  /** What a reader does after a batch: it stays away for some turns, leaves and comes back, or leaves while it waits. */
  const habit = fc.record({ does: fc.constantFrom("pause", "leave", "abort"), turns });
  const scenario = fc.record({
    bursts: fc.array(burst, { minLength: 1, maxLength: 20 }),
    readers: fc.array(fc.array(habit, { maxLength: 12 }), { minLength: 1, maxLength: 5 }),
    itemsMax: fc.integer({ min: 1, max: 20 }),
    sizeMax: fc.integer({ min: 1, max: 200 }),
  });

  it("each reader has the same content in the end, without a gap or a repeat", async () => {
    await fc.assert(
      fc.asyncProperty(scenario, async ({ bursts, readers, itemsMax, sizeMax }) => {
        const log = logOf({ itemsMax, sizeMax });
        log.append("a", "start,");
        const copies = readers.map((habits) => follow(log, habits));
        const written = await write(log, bursts);
        log.close("a");
        for (const { text, position } of await Promise.all(copies))
          expect({ text, position }).toEqual({ text: written.join(""), position: written.length });
        log.dispose();
      }),
      { numRuns: 300 },
    );
  });

  /** Each item is a different text, so that one that is missing, repeated or misplaced is noticed. */
  async function write(log: Log, bursts: readonly { sizes: number[]; turns: number }[]): Promise<string[]> {
    const written = ["start,"];
    for (const { sizes, turns } of bursts) {
      for (const size of sizes) {
        const item = `${written.length}${".".repeat(size)},`;
        log.append("a", item);
        written.push(item);
      }
      await pass(turns);
    }
    return written;
  }

  async function follow(log: Log, habits: readonly { does: string; turns: number }[]): Promise<Copy> {
    const copy = new Copy();
    let left = new AbortController();
    let reader = log.read("a", 0, left.signal);
    for (const { does, turns } of habits) {
      const next = reader.next();
      if (does === "abort") left.abort();
      const { value } = await next;
      if (value) copy.take(value);
      await pass(turns);
      if (does === "pause") continue;
      await reader.return();
      left = new AbortController();
      reader = log.read("a", copy.position, left.signal);
    }
    for await (const batch of reader) copy.take(batch);
    return copy;
  }

  async function pass(turns: number): Promise<void> {
    for (let count = 0; count < turns; count++) await turn();
  }
});
