import { describe, expect, test } from "vitest";
import { auditFilterOf, readAuditSearch } from "../src/pages/audit/audit-search";
import { changedFields } from "../src/pages/audit/changed-fields";
import { type Check, checkLines, faultSentence } from "../src/pages/audit/check/check-lines";

describe("the fields that an act has changed", () => {
  test("are those that differ, with what they were and what they are", () => {
    const before = { alias: "Support", status: "ACTIVE", modelGroups: ["fast"] };
    const after = { alias: "Support", status: "SUSPENDED", modelGroups: ["fast", "smart"] };
    expect(changedFields(before, after)).toEqual([
      { name: "status", before: "ACTIVE", after: "SUSPENDED" },
      { name: "modelGroups", before: '["fast"]', after: '["fast","smart"]' },
    ]);
  });

  test("within objects have the names of both, and only those that differ are told", () => {
    const before = { limits: { requestsPerMinute: 60, tokensPerMinute: null, isEnforced: true } };
    const after = { limits: { requestsPerMinute: null, tokensPerMinute: null, isEnforced: true } };
    expect(changedFields(before, after)).toEqual([{ name: "limits.requestsPerMinute", before: "60", after: "null" }]);
  });

  test("of something new were not there before, and of something gone are not there after", () => {
    expect(changedFields(null, { name: "Acme", metadata: {} })).toEqual([
      { name: "name", before: null, after: "Acme" },
      { name: "metadata", before: null, after: "{}" },
    ]);
    expect(changedFields({ name: "Acme" }, null)).toEqual([{ name: "name", before: "Acme", after: null }]);
    expect(changedFields(null, null)).toEqual([]);
  });
});

describe("the check of the chain", () => {
  const part = (lastSequence: number, more: object = {}) => ({
    checkedLines: 50_000,
    lastSequence,
    lastHash: `hash ${lastSequence}`,
    isComplete: false,
    fault: null,
    ...more,
  });
  /** Answers with these parts, and keeps what was asked and told. */
  async function run(
    begunAfter: number,
    parts: (ReturnType<typeof part> | null)[],
    signal = new AbortController().signal,
  ) {
    const asked: number[] = [];
    const told: Check[] = [];
    const ask = async (after: number) => {
      asked.push(after);
      return parts[asked.length - 1] ?? null;
    };
    await checkLines(begunAfter, ask, (check) => told.push(check), signal);
    return { asked, told };
  }

  test("goes on where each part has ended, and tells how many lines are checked so far", async () => {
    const parts = [part(50_000), part(100_000), part(100_007, { checkedLines: 7, isComplete: true })];
    const { asked, told } = await run(0, parts);
    expect(asked).toEqual([0, 50_000, 100_000]);
    expect(told.map(({ checkedLines, isDone }) => [checkedLines, isDone])).toEqual([
      [50_000, false],
      [100_000, false],
      [100_007, true],
    ]);
    expect(told.at(-1)).toMatchObject({ fault: null, lastSequence: 100_007, lastHash: "hash 100007" });
  });

  test("ends with the first line that is not sound", async () => {
    const fault = { sequence: 7, kind: "CHANGED" as const };
    const { asked, told } = await run(0, [part(6, { checkedLines: 6, fault }), part(9)]);
    expect(asked).toEqual([0]);
    expect(told).toEqual([
      { begunAfter: 0, checkedLines: 6, lastSequence: 6, lastHash: "hash 6", isDone: true, fault },
    ]);
    expect(faultSentence(fault)).toBe("Line 7 was changed: its hash is not that of what it says.");
  });

  test("begins behind a line, and tells nothing more once it is closed", async () => {
    const closed = new AbortController();
    closed.abort();
    expect(await run(7, [part(9, { isComplete: true })], closed.signal)).toEqual({ asked: [7], told: [] });
  });
});

test("The address of the audit is read, and what it does not know is left out", () => {
  const search = readAuditSearch({ operation: "createTeam", actor: "admin", subject: 404, period: "7d", other: "x" });
  expect(search).toEqual({ operation: "createTeam", actor: "admin", subject: "404", period: "7d" });
  const range = { from: new Date("2026-11-01T00:00:00Z"), to: new Date("2026-11-08T00:00:00Z") };
  expect(auditFilterOf(search, range)).toEqual({
    createdAfter: "2026-11-01T00:00:00.000Z",
    createdBefore: "2026-11-08T00:00:00.000Z",
    operation: "createTeam",
    actor: "admin",
    subjectId: "404",
  });
  expect(readAuditSearch({})).toEqual({});
});
