import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { statement } from "../../src/db/statement.js";
import { inTransaction } from "../../src/db/transaction.js";
import { createDatabase, engines, type TestDatabase } from "../kit/database/database.js";

const everyType = {
  uuid: "uuid",
  text: "text",
  bool: "bool",
  int4: "int4",
  int8: "int8",
  safeint: "safeint",
  float8: "float8",
  timestamptz: "timestamptz",
  bytea: "bytea",
  jsonb: "jsonb",
  jobStatus: "job_status",
  texts: "text[]",
  uuids: "uuid[]",
  nothing: "text?",
} as const;

const echo = statement({
  name: "test-echo",
  params: everyType,
  text: `SELECT $1::uuid AS uuid, $2::text AS text, $3::bool AS bool, $4::int4 AS int4, $5::int8 AS int8,
    $6::int8 AS safeint, $7::float8 AS float8, $8::timestamptz AS timestamptz, $9::bytea AS bytea, $10::jsonb AS jsonb,
    $11::job_status AS job_status, $12::text[] AS texts, $13::uuid[] AS uuids, $14::text AS nothing`,
  row: everyType,
});

const divide = statement({
  name: "test-divide",
  params: { by: "int4" },
  text: "SELECT 12 / $1::int4 AS result",
  row: { result: "int4" },
});

const addNote = statement({
  name: "test-add-note",
  params: { note: "text" },
  text: "INSERT INTO test_notes (note) VALUES ($1) RETURNING note",
  row: { note: "text" },
});

const readNotes = statement({
  name: "test-read-notes",
  params: {},
  text: "SELECT note FROM test_notes ORDER BY note",
  row: { note: "text" },
});

describe.each(engines())("a statement that is sent to %s", (engine) => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await createDatabase(engine);
  });
  afterAll(() => database.close());

  it.each([1, 2, 7])(
    "carries values of every type there and back, whether it is new or not (%i times)",
    async (times) => {
      const values = {
        uuid: "0193e3a6-0b39-7e2c-9d2b-6f1a2c3d4e5f",
        text: `A "quoted" \\ text with ', ü, 漢 and 😀`,
        bool: false,
        int4: -2_147_483_648,
        int8: 9_223_372_036_854_775_807n,
        safeint: 9_007_199_254_740_991,
        float8: 0.1,
        timestamptz: new Date("2026-03-01T12:34:56.789Z"),
        bytea: Uint8Array.from([0, 1, 39, 92, 255]),
        jsonb: { deep: [1, "two", null, { three: true }] },
        jobStatus: "IN_PROGRESS" as const,
        texts: ["", "a,b", '{"c"}', "NULL", "\\"],
        uuids: ["0193e3a6-0b39-7e2c-9d2b-6f1a2c3d4e5f"],
        nothing: null,
      };
      for (let time = 0; time < times; time++) {
        const [row] = await database.sql.run(echo, values);
        expect({ ...row, bytea: Uint8Array.from(row?.bytea ?? []) }).toEqual(values);
      }
      const [small] = await database.sql.run(echo, { ...values, int8: 1n, jsonb: "text", texts: [], bool: true });
      expect(small).toMatchObject({ int8: 1n, jsonb: "text", texts: [], bool: true });
    },
  );

  it("fails alone: it has the code of its failure, and the next one is carried out", async () => {
    await expect(database.sql.run(divide, { by: 0 })).rejects.toMatchObject({ code: "22012", severity: "ERROR" });
    expect(await database.sql.run(divide, { by: 3 })).toEqual([{ result: 4 }]);
    await expect(database.sql.run(divide, { by: 0 })).rejects.toMatchObject({ code: "22012" });
    const answers = await Promise.allSettled([0, 1, 0, 2].map((by) => database.sql.run(divide, { by })));
    expect(answers.map(({ status }) => status)).toEqual(["rejected", "fulfilled", "rejected", "fulfilled"]);
  });

  it("may be sent again after the database did not know what it names", async () => {
    await expect(database.sql.run(readNotes, {})).rejects.toMatchObject({ code: "42P01" });
    await database.db.$executeRaw`CREATE TABLE test_notes (note TEXT PRIMARY KEY)`;
    expect(await database.sql.run(readNotes, {})).toEqual([]);
    expect(
      await database.sql.query({ text: "SELECT note FROM test_notes WHERE note = $1", values: ["a"] }, readNotes.row),
    ).toEqual([]);
  });

  it("is no part of a transaction that is open meanwhile", async () => {
    const answers = await Promise.allSettled([
      inTransaction(database.db, async ({ tx, sql }) => {
        await sql.run(addNote, { note: "inside" });
        await tx.$executeRaw`SELECT 1`;
        throw new Error("Nothing of this is kept.");
      }),
      ...["a", "b", "c"].map((note) => database.sql.run(addNote, { note })),
    ]);
    expect(answers.map(({ status }) => status)).toEqual(["rejected", "fulfilled", "fulfilled", "fulfilled"]);
    expect((await database.sql.run(readNotes, {})).map(({ note }) => note)).toEqual(["a", "b", "c"]);
    await expect(database.sql.run(addNote, { note: "a" })).rejects.toMatchObject({ code: "23505" });
  });
});

describe("a statement that is sent to the embedded database", () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await createDatabase("embedded");
  });

  it("is read once, and its plan is kept", async () => {
    for (let time = 0; time < 20; time++) await database.sql.run(divide, { by: 1 });
    const kept = await database.db.$queryRaw`
      SELECT generic_plans > 10 AS "isPlannedOnce", (generic_plans + custom_plans)::int4 AS sent
      FROM pg_prepared_statements WHERE name = 'test-divide'`;
    expect(kept).toEqual([{ isPlannedOnce: true, sent: 20 }]);
  });

  it("is refused once that is closed", async () => {
    await database.close();
    await expect(database.sql.run(divide, { by: 1 })).rejects.toThrow("The embedded database is closed.");
  });
});
