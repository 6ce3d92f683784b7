import { describe, expect, it } from "vitest";
import { checkAccount } from "../../examples/demo/checks.js";
import { expectUsd } from "../../examples/demo/expect.js";
import { type AnsweredCall, checkCompletion } from "../../examples/demo/job-checks.js";
import { readOptions, UsageError } from "../../examples/demo/options.js";
import { Progress } from "../../examples/demo/progress.js";
import { scenario } from "../../examples/demo/scenario.js";
import { sixDecimals } from "../../examples/demo/usd.js";
import type { CostsFragment, LedgerEntryFragment } from "../../examples/graphql/operations.js";

const BALANCE = { allocated: 100, used: 0, held: 0, remaining: 100, available: 100 };

describe("the demo's options", () => {
  it("are a gateway of its own, a running one, or help", () => {
    expect(readOptions([])).toEqual({ kind: "own-gateway" });
    expect(readOptions(["--url", "http://h:1/graphql/", "--admin-key", "sk-of-ours"])).toEqual({
      kind: "running-gateway",
      url: "http://h:1",
      adminKey: "sk-of-ours",
    });
    expect(readOptions(["--url=https://h/tollgate"])).toMatchObject({ url: "https://h/tollgate" });
    expect(readOptions(["--help", "--url", "http://h"])).toEqual({ kind: "help" });
  });

  it.each([
    [["--url"], /--url/],
    [["--url", "--admin-key", "k"], /--url/],
    [["--url", ""], /--url/],
    [["--url", "ftp://h"], /--url/],
    [["--url", "http://user:pw@h"], /without user/],
    [["--url", "http://h", "--admin-key", ""], /--admin-key/],
    [["--admin-key", "k"], /--url/],
    [["--frob"], /--frob/],
    [["extra"], /extra/],
  ])("refuse %j", (args, message) => {
    expect(() => readOptions(args)).toThrow(UsageError);
    expect(() => readOptions(args)).toThrow(message);
  });
});

describe("the demo's amounts", () => {
  it("are exact, and rounded only for people", () => {
    expect(expectUsd("0.1") + expectUsd("0.2")).toBe(expectUsd("0.3"));
    expect(expectUsd("123456789.000000001")).toBe(123_456_789_000_000_001n);
    expect(["0", "0.0000005", "0.0083054", "1.9999999"].map(sixDecimals)).toEqual([
      "0.000000",
      "0.000001",
      "0.008305",
      "2.000000",
    ]);
    for (const text of ["", "1e-7", "-1", ".5", "1.", "0.0000000001"])
      expect(() => sixDecimals(text)).toThrow("An amount");
  });
});

describe("the demo's checks", () => {
  const call = (costUsd: string | null): AnsweredCall => ({
    id: "c",
    status: "SUCCEEDED",
    error: null,
    job: { id: "j" },
    modelGroup: "g",
    purpose: "p",
    model: "m",
    provider: "x",
    content: "text",
    usage: { promptTokens: 2, completionTokens: 3, totalTokens: 5 },
    latencyMs: 10,
    costUsd,
    costSource: costUsd === null ? "UNPRICED" : "PRICE_TABLE",
  });
  const calls = [call("0.1"), call("0.2"), call(null)];
  const costs: CostsFragment = {
    totalCalls: 3,
    successfulCalls: 3,
    failedCalls: 0,
    cancelledCalls: 0,
    runningCalls: 0,
    promptTokens: 6,
    completionTokens: 9,
    totalTokens: 15,
    totalCostUsd: "0.3",
    unpricedCalls: 1,
    avgLatencyMs: 10,
    creditApplied: true,
    creditsRemaining: 99,
  };
  const job = { id: "j", status: "COMPLETED" as const, completedAt: "2026-01-01T00:00:00Z" };

  it("accept a summary that follows from its calls, and no other", () => {
    checkCompletion({ job, costs }, "j", calls, BALANCE);
    for (const [name, value] of Object.entries(costs)) {
      const wrong = typeof value === "number" ? value + 1 : typeof value === "string" ? `${value}0` : !value;
      const check = () => checkCompletion({ job, costs: { ...costs, [name]: wrong } }, "j", calls, BALANCE);
      expect(check).toThrow(`costs.${name}: got ${JSON.stringify(wrong)}, expected ${JSON.stringify(value)}`);
    }
  });

  it("accept a balance that its ledger proves, and no other", () => {
    const { team } = scenario();
    const grant: LedgerEntryFragment = {
      kind: "GRANT",
      credits: 100,
      heldCredits: 0,
      availableAfter: 100,
      heldAfter: 0,
      job: null,
    };
    const account = (entry: Partial<typeof grant>, credits = BALANCE) => ({
      id: team.id,
      credits,
      creditEntries: { totalCount: 1, nodes: [{ ...grant, ...entry }] },
    });
    checkAccount(account({}), team, []);
    expect(() => checkAccount(account({ credits: 99 }), team, [])).toThrow(/availableAfter: got 100, expected 99/);
    expect(() => checkAccount(account({ credits: 99, availableAfter: 99 }), team, [])).toThrow(/sum of creditEntries/);
    expect(() => checkAccount(account({ kind: "ADJUST" }), team, [])).toThrow(/kinds.0: got "ADJUST"/);
    expect(() => checkAccount(account({}, { ...BALANCE, used: 1 }), team, [])).toThrow(/credits.used: got 1/);
    expect(() => checkAccount(account({}), team, ["j"])).toThrow(/credits/);
  });
});

describe("the demo's progress", () => {
  const record = (isTTY: boolean) => {
    const written: string[] = [];
    return { written, progress: new Progress({ isTTY, write: (text: unknown) => written.push(String(text)) > 0 }) };
  };

  it("writes only lines if there is no terminal", async () => {
    const { written, progress } = record(false);
    progress.say("before");
    expect(await progress.during(Promise.resolve(7))).toBe(7);
    expect(written).toEqual(["before\n"]);
  });

  it("leaves no trace on a terminal, even when the work fails", async () => {
    const { written, progress } = record(true);
    await expect(progress.during(Promise.reject(new Error("no")))).rejects.toThrow("no");
    expect(written[0]).toMatch(/0\.0 s$/);
    expect(written.at(-1)).toMatch(/^\r +\r$/);
  });
});
