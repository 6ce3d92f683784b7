import { beforeEach, describe, expect, it } from "vitest";
import { CircuitBreakers, type Verdict } from "../../src/upstream/resilience/circuit-breakers.js";
import { FakeClock } from "../kit/gateway/clock.js";

const OPEN_MS = 30_000;

describe("a model's circuit", () => {
  let clock: FakeClock;
  let breakers: CircuitBreakers;
  beforeEach(() => {
    clock = new FakeClock();
    breakers = new CircuitBreakers(clock);
  });

  const ask = (isLastCandidate = false) => breakers.ask("m", isLastCandidate);
  const isPassedOver = () => ask() === null;
  function attempt(verdict: Verdict, retryAfterMs?: number): void {
    const permit = ask();
    expect(permit, "leave to ask").not.toBeNull();
    permit?.end(verdict, retryAfterMs);
  }
  function open(retryAfterMs?: number): void {
    for (let failures = 0; failures < 5; failures++) attempt("unwell", retryAfterMs);
  }
  const state = () => breakers.list().find(({ model }) => model === "m")?.state ?? "CLOSED";

  it("opens at the fifth failure in a row, and the model is passed over", () => {
    for (let failures = 0; failures < 4; failures++) attempt("unwell");
    expect(state()).toBe("CLOSED");
    attempt("unwell");
    expect(state()).toBe("OPEN");
    expect(isPassedOver()).toBe(true);
  });

  it("counts failures in a row only", () => {
    for (let count = 0; count < 20; count++) attempt(count % 5 === 4 ? "well" : "unwell");
    expect(state()).toBe("CLOSED");
  });

  it("is moved neither way by attempts that tell nothing", () => {
    for (let count = 0; count < 20; count++) attempt("nothing");
    expect(breakers.list()).toEqual([]);
    for (let failures = 0; failures < 4; failures++) attempt("unwell");
    attempt("nothing");
    attempt("unwell");
    expect(state()).toBe("OPEN");
  });

  it("lets one request through after a while, and closes if that is answered", () => {
    open();
    clock.advance(OPEN_MS - 1);
    expect(isPassedOver()).toBe(true);
    clock.advance(1);
    expect(state()).toBe("HALF_OPEN");
    const probe = ask();
    expect(probe).not.toBeNull();
    expect(state()).toBe("HALF_OPEN");
    expect(isPassedOver(), "whoever else asks meanwhile").toBe(true);
    probe?.end("well");
    expect(breakers.list()).toEqual([]);
    attempt("unwell");
    expect(state()).toBe("CLOSED");
  });

  it("stays open for as long again if the probe fails", () => {
    open();
    clock.advance(OPEN_MS);
    attempt("unwell");
    expect(state()).toBe("OPEN");
    clock.advance(OPEN_MS - 1);
    expect(isPassedOver()).toBe(true);
    clock.advance(1);
    expect(isPassedOver()).toBe(false);
  });

  it("lets the next request through at once if the probe told nothing", () => {
    open();
    clock.advance(OPEN_MS);
    attempt("nothing");
    expect(state()).toBe("HALF_OPEN");
    attempt("well");
    expect(state()).toBe("CLOSED");
  });

  it("lets a request through again, even if the end of a probe is never told", () => {
    open();
    clock.advance(OPEN_MS);
    ask();
    clock.advance(OPEN_MS);
    expect(isPassedOver()).toBe(false);
  });

  it("never keeps the last candidate from being asked, and closes if that one answers", () => {
    open();
    const permits = [ask(true), ask(true), ask(true)];
    expect(permits).not.toContain(null);
    expect(isPassedOver()).toBe(true);
    permits[0]?.end("unwell");
    expect(state()).toBe("OPEN");
    permits[1]?.end("well");
    expect(state()).toBe("CLOSED");
  });

  it("is not closed by an answer that was asked for before it opened", () => {
    const early = ask();
    open();
    early?.end("well");
    expect(state()).toBe("OPEN");
  });

  it("stays open as long as the upstream asked for, if that is longer", () => {
    open(120_000);
    clock.advance(119_999);
    expect(isPassedOver()).toBe(true);
    clock.advance(1);
    expect(isPassedOver()).toBe(false);
  });

  it("counts the end of an attempt once", () => {
    const permit = ask();
    for (let times = 0; times < 9; times++) permit?.end("unwell");
    expect(breakers.list()).toMatchObject([{ failures: 1 }]);
    permit?.end("well");
    expect(breakers.list()).toMatchObject([{ failures: 1 }]);
  });

  it("belongs to one model only, and can be listed", () => {
    open();
    breakers.ask("a", false)?.end("unwell");
    breakers.ask("z", false)?.end("well");
    expect(breakers.list()).toEqual([
      { model: "a", state: "CLOSED", failures: 1, probeAt: null },
      { model: "m", state: "OPEN", failures: 5, probeAt: new Date(clock.now().getTime() + OPEN_MS) },
    ]);
  });
});
