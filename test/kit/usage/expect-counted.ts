import { expect } from "vitest";
import type { Db } from "../../../src/db/client.js";
import type { GraphqlClient } from "../clients/graphql.js";
import { NAMES, plainSums, readFacts } from "./plain-sums.js";
import { expectedFigures, expectedRows, expectRows, wholeReport } from "./report.js";

const YEAR_MS = 31_536_000_000;
const HOUR_MS = 3_600_000;

/** The admin's report of everything equals the plain sums over the rows of calls, attempts and jobs. Nothing may run. */
export async function expectCountedUsage(admin: GraphqlClient, db: Db): Promise<void> {
  const facts = await readFacts(db);
  const times = facts.map(({ at }) => at.getTime());
  const to = new Date(Math.ceil((Math.max(...times) + 1) / HOUR_MS) * HOUR_MS);
  const range = { from: new Date(to.getTime() - YEAR_MS), to, span: "DAY" as const };
  for (const groupBy of [NAMES, [], NAMES.slice(0, 3), NAMES.slice(3)]) {
    let report = await wholeReport(admin, { ...range, groupBy }, 200);
    while (!report.isComplete) report = await wholeReport(admin, { ...range, groupBy }, 200);
    expectRows(report.rows, expectedRows(plainSums(facts, { ...range, groupBy }), "real"));
    const [sum] = plainSums(facts, { ...range, span: "ALL", groupBy: [] });
    expect(report.total).toEqual(sum && expectedFigures(sum, "real"));
  }
}
