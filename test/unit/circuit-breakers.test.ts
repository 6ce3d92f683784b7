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

  const ask = (isLastCandidate = false, team = "a") => breakers.ask("m", team, isLastCandidate);
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
    breakers.ask("a", "a", false)?.end("unwell");
    breakers.ask("z", "a", false)?.end("well");
    const probeAt = new Date(clock.now().getTime() + OPEN_MS);
    expect(breakers.list()).toEqual([
      { model: "a", state: "CLOSED", failures: 1, probeAt: null, isForAllTeams: false, teamIds: [] },
      { model: "m", state: "OPEN", failures: 5, probeAt, isForAllTeams: false, teamIds: ["a"] },
    ]);
  });
});

describe("the circuits of several teams", () => {
  let clock: FakeClock;
  let breakers: CircuitBreakers;
  beforeEach(() => {
    clock = new FakeClock();
    breakers = new CircuitBreakers(clock);
  });

  const end = (team: string, verdict: Verdict, times = 1) => {
    for (let count = 0; count < times; count++) breakers.ask("m", team, true)?.end(verdict);
  };
  const passedOver = () => ["a", "b", "c"].filter((team) => breakers.ask("m", team, false) === null);
  const shown = () => breakers.list()[0];

  it("open for a team alone, as long as only its requests fail", () => {
    end("a", "unwell", 50);
    expect(passedOver()).toEqual(["a"]);
    end("b", "well");
    end("a", "unwell", 50);
    expect(passedOver()).toEqual(["a"]);
    expect(shown()).toMatchObject({ state: "OPEN", isForAllTeams: false, teamIds: ["a"] });
  });

  it("open for all teams when a second one fails within a minute", () => {
    end("a", "unwell", 5);
    clock.advance(60_000);
    end("b", "unwell");
    expect(passedOver()).toEqual(["a", "b", "c"]);
    expect(shown()).toMatchObject({ state: "OPEN", failures: 6, isForAllTeams: true, teamIds: [] });
    clock.advance(OPEN_MS);
    breakers.ask("m", "c", false)?.end("well");
    expect(breakers.list()).toEqual([]);
    expect(passedOver()).toEqual([]);
  });

  it("do not open for all when the second one fails later, or after an answer", () => {
    end("a", "unwell", 5);
    clock.advance(60_001);
    end("b", "unwell");
    expect(shown()).toMatchObject({ isForAllTeams: false });
    expect(passedOver()).not.toContain("c");
    end("c", "well");
    end("b", "unwell", 4);
    expect(shown()).toMatchObject({ isForAllTeams: false, teamIds: ["a", "b"] });
    expect(passedOver()).not.toContain("c");
  });

  it("let one request of whichever team probe a model that is unwell for all", () => {
    end("a", "unwell", 4);
    end("b", "unwell");
    clock.advance(OPEN_MS);
    const probe = breakers.ask("m", "c", false);
    expect(probe).not.toBeNull();
    expect(passedOver()).toEqual(["a", "b", "c"]);
    probe?.end("unwell");
    expect(shown()).toMatchObject({ state: "OPEN", failures: 6, isForAllTeams: true });
  });

  it("remember a bounded number of teams", () => {
    for (let team = 0; team < 1_200; team++) {
      end(`team-${team}`, "unwell", 5);
      clock.advance(60_001);
    }
    const { teamIds = [] } = shown() ?? {};
    expect(teamIds).toHaveLength(1_000);
    expect(teamIds).toContain("team-1199");
  });
});
