import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { type PGlite, protocol } from "@electric-sql/pglite";
import type { Columns } from "../../../src/db/column-type.js";
import type { List } from "../../../src/db/lists/list.js";
import type { Statement } from "../../../src/db/statement.js";

type AnyStatement = Statement<Columns, Columns>;

export interface DeclaredSql {
  /** Names the export, such as "features/jobs/job.sql.ts lockJob". */
  readonly where: string;
  readonly statement: AnyStatement;
}

const src = new URL("../../../src/", import.meta.url);

/** The `*.sql.ts` files of src, with their paths below it. */
export function sqlFiles(): { file: string; text: string }[] {
  const files = readdirSync(fileURLToPath(src), { recursive: true, encoding: "utf8" });
  const ofSql = files.filter((file) => file.endsWith(".sql.ts")).sort();
  return ofSql.map((file) => ({ file, text: readFileSync(new URL(file, src), "utf8") }));
}

/** Every statement that a `*.sql.ts` file of src exports, and for every list the statement that reads its whole table. */
export async function declaredSql(): Promise<DeclaredSql[]> {
  const found: DeclaredSql[] = [];
  for (const { file } of sqlFiles()) {
    const exported: Record<string, unknown> = await import(new URL(file, src).href);
    for (const [name, value] of Object.entries(exported)) {
      const where = `${file} ${name}`;
      if (isStatement(value)) found.push({ where, statement: value });
      if (isList(value)) found.push({ where, statement: readingAll(name, value) });
    }
  }
  return found;
}

const isStatement = (value: unknown): value is AnyStatement =>
  typeof value === "object" && value !== null && "text" in value && "params" in value;

const isList = (value: unknown): value is List<Columns> =>
  typeof value === "object" && value !== null && "table" in value && "direction" in value;

const readingAll = (name: string, { table, row }: List<Columns>): AnyStatement => ({
  name: `list-${name}`,
  params: {},
  text: `SELECT * FROM ${table}`,
  row,
});

interface Description {
  /** Types of $1, $2 ... by name, such as "uuid" and "text[]". */
  readonly params: readonly string[];
  readonly columns: readonly {
    readonly name: string;
    readonly type: string;
    readonly mayBeNull: boolean | undefined;
  }[];
}

/** What the database says of a statement, without running it. `mayBeNull` is undefined for columns that are reckoned. */
export async function describeStatement(pglite: PGlite, text: string): Promise<Description> {
  const send = async (message: Uint8Array) => (await pglite.execProtocol(message)).messages;
  let answers: Awaited<ReturnType<typeof send>>;
  try {
    await send(protocol.serialize.parse({ text }));
    answers = await send(protocol.serialize.describe({ type: "S" }));
  } finally {
    // Also after a refusal, so that the next statement is heard.
    await send(protocol.serialize.sync());
  }
  let params: number[] = [];
  let fields: { name: string; tableID: number; columnID: number; dataTypeID: number }[] = [];
  for (const answer of answers) {
    if (answer.name === "parameterDescription") params = (answer as unknown as { dataTypeIDs: number[] }).dataTypeIDs;
    if (answer.name === "rowDescription") fields = (answer as unknown as { fields: typeof fields }).fields;
  }
  const typeOf = await typeNames(pglite);
  const nullable = await nullability(pglite);
  return {
    params: params.map(typeOf),
    columns: fields.map(({ name, tableID, columnID, dataTypeID }) => ({
      name,
      type: typeOf(dataTypeID),
      mayBeNull: nullable.get(`${tableID}.${columnID}`),
    })),
  };
}

async function typeNames(pglite: PGlite): Promise<(id: number) => string> {
  const { rows } = await pglite.query<{ oid: number; typname: string }>("SELECT oid, typname FROM pg_type");
  const names = new Map(rows.map(({ oid, typname }) => [oid, typname.replace(/^_(.*)$/, "$1[]")]));
  return (id) => names.get(id) ?? `type ${id}`;
}

async function nullability(pglite: PGlite): Promise<Map<string, boolean>> {
  const { rows } = await pglite.query<{ attrelid: number; attnum: number; attnotnull: boolean }>(
    "SELECT attrelid, attnum, attnotnull FROM pg_attribute",
  );
  return new Map(rows.map(({ attrelid, attnum, attnotnull }) => [`${attrelid}.${attnum}`, !attnotnull]));
}
