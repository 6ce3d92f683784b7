import { Client } from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createPostgresUrl, hasPostgres } from "../../kit/database/database.js";
import { type Gateway, startGateway } from "../../kit/gateway/gateway.js";
import { NAMES, type Name, plainSums, readFacts } from "../../kit/usage/plain-sums.js";
import { addRandomWork } from "../../kit/usage/random-work.js";
import { expectedFigures, expectedRows, expectRows, wholeReport } from "../../kit/usage/report.js";

const UNTIL = new Date("2026-12-05T12:34:56.789Z");
const DAYS = 70;
/** About four times as many calls are made. */
const JOBS = Number(process.env.USAGE_JOBS ?? 500);
const TIMEOUT_MS = 240_000 + 60 * JOBS;
/** It begins and ends within an hour, a day and a month, so its edges are made of the smaller ones. */
const RANGE = { from: new Date("2026-09-28T21:17:00Z"), to: new Date("2026-12-04T03:00:00Z") };
const WHOLE = { from: new Date("2026-09-28T21:00:00Z"), to: RANGE.to };
const subsets = (names: readonly Name[]): Name[][] =>
  Array.from({ length: 2 ** names.length }, (_, bits) => names.filter((_name, at) => bits & (1 << at)));
/** All 128 ways to group are each of these with each of those. */
const ACCOUNTS = subsets(NAMES.slice(0, 3));
const WORK = subsets(NAMES.slice(3));

describe.runIf(hasPostgres())("a report of random work, on PostgreSQL", { timeout: TIMEOUT_MS }, () => {
  let gateway: Gateway;
  let facts: Awaited<ReturnType<typeof readFacts>>;
  beforeAll(async () => {
    const databaseUrl = await createPostgresUrl();
    gateway = await startGateway({ databaseUrl, mayEndUnsound: true });
    const client = new Client({ connectionString: databaseUrl });
    await client.connect();
    await addRandomWork(client, { jobs: JOBS, days: DAYS, until: UNTIL, organizations: 3, teams: 8 });
    await client.end();
    facts = await readFacts(gateway.database.db);
    for (let isComplete = false; !isComplete; )
      ({ isComplete } = await wholeReport(gateway.admin, { ...RANGE, span: "ALL", groupBy: [] }));
  }, TIMEOUT_MS);
  afterAll(() => gateway.close());

  it.each(ACCOUNTS.map((names) => [names.join() || "no account", names] as const))(
    "equals the plain sum over the rows, grouped by %s and each set of other names",
    async (_what, account) => {
      for (const work of WORK)
        for (const span of ["ALL", "MONTH", "DAY"] as const) {
          const groupBy = [...account, ...work];
          const report = await wholeReport(gateway.admin, { ...RANGE, span, groupBy });
          expectRows(report.rows, expectedRows(plainSums(facts, { ...WHOLE, span, groupBy }), "real"));
        }
    },
  );

  it.each(["ALL", "MONTH", "DAY", "HOUR"] as const)("equals it by %s, and says the range it covers", async (span) => {
    const report = await wholeReport(gateway.admin, { ...RANGE, span, groupBy: ["organizationId", "outcome"] });
    expect(report).toMatchObject({ from: WHOLE.from.toISOString(), to: WHOLE.to.toISOString(), isComplete: true });
    expectRows(
      report.rows,
      expectedRows(plainSums(facts, { ...WHOLE, span, groupBy: ["organizationId", "outcome"] }), "real"),
    );
    const [sum] = plainSums(facts, { ...WHOLE, span: "ALL", groupBy: [] });
    expect(report.total).toEqual(sum && expectedFigures(sum, "real"));
  });
});
