import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { statement } from "../../../src/db/statement.js";
import { expiresAt } from "../../../src/features/jobs/commit/job-expiry.sql.js";
import { createDatabase, type TestDatabase } from "../../kit/database/database.js";
import { FakeClock } from "../../kit/gateway/clock.js";

const reckonExpiry = statement({
  name: "reckon-expiry",
  params: { createdAt: "timestamptz", ttlMs: "float8", maxAgeMs: "float8" },
  text: `SELECT ${expiresAt("$1::timestamptz", "$2::float8", "$3::float8")} AS expires_at`,
  row: { expiresAt: "timestamptz" },
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
});
