import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { statement } from "../../../src/db/statement.js";
import { expiresAfterUse, expiresAt } from "../../../src/features/jobs/commit/job-expiry.sql.js";
import { createDatabase, type TestDatabase } from "../../kit/database/database.js";
import { FakeClock } from "../../kit/gateway/clock.js";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

const reckonExpiry = statement({
  name: "reckon-expiry",
  params: { createdAt: "timestamptz", ttlMs: "float8", maxAgeMs: "float8" },
  text: `SELECT ${expiresAt("$1::timestamptz", "$2::float8", "$3::float8")} AS expires_at,
    ${expiresAfterUse("$1::timestamptz", "$2::float8", "$3::float8")} AS expires_after_use`,
  row: { expiresAt: "timestamptz", expiresAfterUse: "timestamptz" },
});

describe("a job expires", () => {
  let database: TestDatabase;
  const clock = new FakeClock();
  beforeAll(async () => {
    database = await createDatabase("embedded");
    await clock.rule(database);
  });
  afterAll(() => database.close());

  /** How long after its creation, if something last happened in it at that age. */
  async function expiryMs(ageMs: number, limits: { ttlMs: number; maxAgeMs: number }): Promise<number> {
    const createdAt = clock.now();
    await clock.advance(ageMs);
    const [row] = await database.sql.run(reckonExpiry, { createdAt, ...limits });
    return Number(row?.expiresAt) - createdAt.getTime();
  }

  /** When it expires, if a call of it begins or ends so long after now. */
  async function afterUse(ms: number, limits: { ttlMs: number; maxAgeMs: number }): Promise<number> {
    const createdAt = clock.now();
    await clock.advance(ms);
    const [row] = await database.sql.run(reckonExpiry, { createdAt, ...limits });
    return Number(row?.expiresAfterUse);
  }
  const limits = { ttlMs: 24, maxAgeMs: 100 };

  it("a while after what happened last in it", async () => {
    expect(await expiryMs(0, limits)).toBe(24);
    expect(await expiryMs(50, limits)).toBe(74);
  });

  it("at its greatest age at the latest", async () => {
    expect(await expiryMs(76, limits)).toBe(100);
    expect(await expiryMs(77, limits)).toBe(100);
    expect(await expiryMs(0, { ttlMs: 100, maxAgeMs: 24 })).toBe(24);
  });

  it("rounded up after each use, by a thousandth of the while or a minute at most", async () => {
    const ttlMs = DAY_MS;
    await clock.advance(60_000 - (clock.now().getTime() % 60_000));
    const start = clock.now().getTime();
    const uses = [0, 1, 29_999, 29_999, 1, 1];
    const expected = [0, 60_000, 60_000, 60_000, 60_000, 120_000].map((ms) => start + ttlMs + ms);
    for (const [index, ms] of uses.entries())
      expect(await afterUse(ms, { ttlMs, maxAgeMs: 7 * DAY_MS })).toBe(expected[index]);
    const short = { ttlMs: 10_000, maxAgeMs: HOUR_MS };
    expect((await afterUse(3, short)) - clock.now().getTime()).toBeLessThanOrEqual(10_010);
    expect((await afterUse(0, short)) % 10).toBe(0);
    expect(await afterUse(500, { ttlMs: DAY_MS, maxAgeMs: HOUR_MS })).toBe(clock.now().getTime() - 500 + HOUR_MS);
  });
});
