import { describe, expect, it } from "vitest";
import type { Part } from "../../src/upstream/provider.js";
import { simulated } from "../../src/upstream/simulated/simulated.js";
import { askSimulated, never, question, simulatedModel } from "../kit/upstream/simulated-model.js";

describe("the pace of the simulated model", () => {
  it("is one token in so many milliseconds, on average", async () => {
    const start = performance.now();
    const { texts } = await askSimulated(question("Hello", { max_tokens: 20 }), simulated({ tokenMs: 2 }));
    expect(texts).toHaveLength(20);
    // A wait below a millisecond is left out.
    expect(performance.now() - start).toBeGreaterThanOrEqual(20 * 2 - 2);
  });

  it("is without any wait at 0: not even a timer runs between two tokens", async () => {
    let fired = false;
    let timer: NodeJS.Timeout | undefined;
    const firedByToken: boolean[] = [];
    for await (const parts of simulated({ tokenMs: 0 }).stream(question("Hello"), never)) {
      if (!parts.some(({ type }) => type === "text-delta")) continue;
      timer ??= setTimeout(() => {
        fired = true;
      }, 0);
      firedByToken.push(fired);
    }
    clearTimeout(timer);
    expect(firedByToken.length).toBeGreaterThan(10);
    expect(firedByToken).not.toContain(true);
  });
});

describe("an abort of the simulated model", () => {
  it("ends a wait at once with the signal's reason", async () => {
    const controller = new AbortController();
    const reason = new Error("the client went away");
    const parts = simulated({ tokenMs: 3_600_000 })
      .stream(question("Hello"), controller.signal)
      [Symbol.asyncIterator]();
    const waiting = parts.next();
    controller.abort(reason);
    await expect(waiting).rejects.toBe(reason);
    expect((await parts.next()).done).toBe(true);
  });

  it("ends an answer without waits before its next token", async () => {
    const controller = new AbortController();
    const seen: (readonly Part[])[] = [];
    const reading = (async () => {
      for await (const parts of simulatedModel.stream(question("Hello"), controller.signal)) {
        seen.push(parts);
        if (seen.length === 3) controller.abort("enough");
      }
    })();
    await expect(reading).rejects.toBe("enough");
    expect(seen).toHaveLength(3);
  });

  it("that has happened already yields nothing", async () => {
    await expect(askSimulated(question("Hello"), simulatedModel, AbortSignal.abort("too late"))).rejects.toBe(
      "too late",
    );
  });
});
