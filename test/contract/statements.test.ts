import type { PGlite } from "@electric-sql/pglite";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { startInMemory } from "../../src/db/embedded/start-pglite.js";
import { columnOf } from "../../src/db/field-names.js";
import { statement } from "../../src/db/statement.js";
import { declaredSql, describeStatement, sqlFiles } from "../kit/house/statements.js";

const declared = await declaredSql();

describe("a named statement", () => {
  let pglite: PGlite;
  beforeAll(async () => {
    pglite = await startInMemory(inject("embeddedTemplate"));
  });
  afterAll(() => pglite.close());

  it("is found in every *.sql.ts file, and its name is unique", () => {
    expect(declared.length).toBeGreaterThan(30);
    expect(declared.map(({ where }) => where)).toContain("features/credits/ledger.sql.ts moveCredits");
    const names = declared.map(({ statement: { name } }) => name);
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
  });

  it("is exported as it is, so that nothing hides from these tests", () => {
    for (const { file, text } of sqlFiles()) {
      const written = text.match(/\b(statement|list)\(/g)?.length ?? 0;
      const found = declared.filter(({ where }) => where.startsWith(`${file} `)).length;
      expect(`${file} ${found}`).toBe(`${file} ${written}`);
    }
  });

  it.each(declared.map(({ where, statement }) => [where, statement] as const))(
    "says of its parameters and rows what the database says: %s",
    async (_where, declaredStatement) => {
      expect(await offencesOf(declaredStatement)).toEqual([]);
    },
  );

  it("takes no time from this process: what processes share is decided by the database's clock", () => {
    const timed = declared.filter(({ statement: { params } }) => JSON.stringify(params).includes("timestamptz"));
    // A line of the audit has the time that its transaction got with the lock. The others are times that a client has named. So are those in the JSON of insertGrants.
    expect(timed.map(({ where }) => where)).toEqual([
      "features/audit/audit-entry.sql.ts appendAuditEntry",
      "features/credits/credit.sql.ts findBalancesAt",
      "features/keys/key.sql.ts changeKey",
    ]);
  });

  it("keeps its result when a newer version adds columns: PostgreSQL refuses a prepared one with another result", async () => {
    const results = async () => {
      const all: string[] = [];
      for (const { where, statement } of declared.filter(({ statement: { name } }) => !name.startsWith("list-"))) {
        const { columns } = await describeStatement(pglite, statement.text);
        all.push(`${where}: ${columns.map(({ name }) => name).join()}`);
      }
      return all;
    };
    const before = await results();
    const { rows } = await pglite.query<{ name: string }>(
      "SELECT relname AS name FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace",
    );
    for (const { name } of rows) await pglite.exec(`ALTER TABLE "${name}" ADD COLUMN of_a_newer_version INTEGER`);
    expect(rows.length).toBeGreaterThan(10);
    expect(await results()).toEqual(before);
    for (const { name } of rows) await pglite.exec(`ALTER TABLE "${name}" DROP COLUMN of_a_newer_version`);
  });

  it("would be noticed if it said something else", async () => {
    const wrong = statement({
      name: "wrong",
      params: { id: "text", leaseMs: "int4" },
      text: "UPDATE llm_calls SET lease_until = now() + $2 * interval '1 ms' WHERE id = $1 RETURNING id, model, cost_nano_usd",
      row: { id: "uuid", model: "text", costUsd: "int8?" },
    });
    expect(await offencesOf(wrong)).toEqual([
      "$1 id is uuid, and not text",
      "$2 leaseMs is float8, and not int4",
      "column model may be null",
      "column cost_nano_usd is not declared",
      "column cost_usd does not exist",
    ]);
  });

  async function offencesOf({ text, params, row }: (typeof declared)[number]["statement"]): Promise<string[]> {
    const described = await describeStatement(pglite, text);
    const offences: string[] = [];
    const names = Object.keys(params);
    for (const [index, type] of described.params.entries()) {
      const name = names[index] ?? "(undeclared)";
      const said = params[name] && inDatabase(params[name]);
      if (said !== type) offences.push(`$${index + 1} ${name} is ${type}, and not ${said}`);
    }
    for (const name of names.slice(described.params.length)) offences.push(`${name} is not used`);
    const columns = new Map(Object.entries(row).map(([field, type]) => [columnOf(field), type]));
    for (const { name, type, mayBeNull } of described.columns) {
      const said = columns.get(name) ?? columns.get(columnOf(name));
      if (said === undefined) offences.push(`column ${name} is not declared`);
      else if (inDatabase(said) !== type) offences.push(`column ${name} is ${type}, and not ${said}`);
      else if (mayBeNull && !said.endsWith("?")) offences.push(`column ${name} may be null`);
    }
    const existing = new Set(described.columns.map(({ name }) => columnOf(name)));
    for (const name of columns.keys()) if (!existing.has(name)) offences.push(`column ${name} does not exist`);
    return offences;
  }
});

/** The database's name of a declared type. */
const inDatabase = (declared: string): string => declared.replace("?", "").replace("safeint", "int8");
