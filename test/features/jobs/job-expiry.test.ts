import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { statement } from "../../../src/db/statement.js";
import { expiresAt } from "../../../src/features/jobs/job-expiry.sql.js";
import { createDatabase, type TestDatabase } from "../../kit/database/database.js";

const NOW = new Date("2026-03-01T12:00:00.000Z");
const at = (ms: number) => new Date(NOW.getTime() + ms);

const reckonExpiry = statement({
  name: "reckon-expiry",
  params: { now: "timestamptz", createdAt: "timestamptz", ttlMs: "float8", maxAgeMs: "float8" },
  text: `SELECT ${expiresAt("$1::timestamptz", "$2::timestamptz", "$3::float8", "$4::float8")} AS expires_at`,
  row: { expiresAt: "timestamptz" },
});

describe("a job expires", () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await createDatabase("embedded");
  });
  afterAll(() => database.close());

  const expiryOf = async (now: Date, createdAt: Date, limits: { ttlMs: number; maxAgeMs: number }) =>
    (await database.sql.run(reckonExpiry, { now, createdAt, ...limits }))[0]?.expiresAt;
  const limits = { ttlMs: 24, maxAgeMs: 100 };

  it("a while after what happened last in it", async () => {
    expect(await expiryOf(NOW, NOW, limits)).toEqual(at(24));
    expect(await expiryOf(at(50), NOW, limits)).toEqual(at(74));
  });

  it("at its greatest age at the latest", async () => {
    expect(await expiryOf(at(76), NOW, limits)).toEqual(at(100));
    expect(await expiryOf(at(77), NOW, limits)).toEqual(at(100));
    expect(await expiryOf(NOW, NOW, { ttlMs: 100, maxAgeMs: 24 })).toEqual(at(24));
  });
});
