import { Prisma } from "../generated/prisma/client.js";
import { DomainError, quote } from "../lib/errors.js";
import { isUuid } from "../lib/ids.js";
import type { Db } from "./database.js";
import { queryRows } from "./rows.js";

/** Keyset pages. A list is a table in a fixed order; a cursor holds the table and the order's key of the row it stands at. */
export interface List<Row> {
  readonly table: string;
  /** The column that names a row's parent, where the list is also an edge of that parent. */
  readonly parent?: { readonly column: string; readonly type: KeyType };
  readonly order: readonly { readonly column: string; readonly field: keyof Row & string; readonly type: KeyType }[];
  readonly direction: "ASC" | "DESC";
}

type KeyType = "text" | "uuid" | "integer" | "timestamptz";

/**
 * What a client asks for: `first` from 1 to 100 (null is 20), `after` a cursor of the same list. `offset` rows are passed
 * over first, at most 10,000, since the database reads them all: for doors whose contract has no cursors.
 */
export interface PageRequest {
  readonly first?: number | null;
  readonly after?: string | null;
  readonly offset?: number | null;
}

export interface Page<Row> {
  readonly rows: readonly Row[];
  readonly hasNextPage: boolean;
  readonly hasPreviousPage: boolean;
  cursor(row: Row): string;
  /** Rows of the whole list. Asked for once, by whichever page of the batch comes first, it counts for all of them. */
  count(): Promise<number>;
}

export const PAGE_FIRST_DEFAULT = 20;
export const PAGE_FIRST_MAX = 100;
export const PAGE_OFFSET_MAX = 10_000;

/** One page of a list, of the rows that fulfil `where`. */
export async function fetchPage<Row>(
  db: Db,
  list: List<Row>,
  request: PageRequest,
  where: Prisma.Sql[] = [],
): Promise<Page<Row>> {
  const [page] = await pages(db, list, Prisma.sql`(VALUES (1)) AS parent(ordinal)`, 1, request, where);
  return page as Page<Row>;
}

/** The same page of several parents' lists, in the order of `parentIds`, in one statement. */
export function fetchPages<Row>(
  db: Db,
  list: List<Row>,
  parentIds: readonly string[],
  request: PageRequest,
  where: Prisma.Sql[] = [],
): Promise<Page<Row>[]> {
  if (!list.parent) throw new Error(`The list of ${list.table} has no parent.`);
  const type = Prisma.raw(list.parent.type);
  const parents = Prisma.sql`unnest(${parentIds}::${type}[]) WITH ORDINALITY AS parent(id, ordinal)`;
  const ofParent = Prisma.sql`${Prisma.raw(list.parent.column)} = parent.id`;
  return pages(db, list, parents, parentIds.length, request, [ofParent, ...where]);
}

async function pages<Row>(
  db: Db,
  list: List<Row>,
  parents: Prisma.Sql,
  parentCount: number,
  request: PageRequest,
  where: Prisma.Sql[],
): Promise<Page<Row>[]> {
  const first = checked("first", request.first ?? PAGE_FIRST_DEFAULT, 1, PAGE_FIRST_MAX);
  const offset = checked("offset", request.offset ?? 0, 0, PAGE_OFFSET_MAX);
  const table = Prisma.raw(list.table);
  const after = request.after == null ? [] : [afterCursor(list, request.after)];
  const order = Prisma.raw(list.order.map(({ column }) => `${column} ${list.direction}`).join(", "));
  const found = await queryRows<Row & { ordinal: bigint | number }>(
    db,
    Prisma.sql`SELECT parent.ordinal, page.* FROM ${parents} CROSS JOIN LATERAL (
      SELECT * FROM ${table} WHERE ${conjunction([...where, ...after])} ORDER BY ${order} LIMIT ${first + 1} OFFSET ${offset}
    ) AS page ORDER BY parent.ordinal, ${order}`,
  );
  let counts: Promise<number[]> | undefined;
  const count = () => {
    counts ??= countRows(db, table, parents, where);
    return counts;
  };
  return Array.from({ length: parentCount }, (_, index) => {
    const rows = found.filter((row) => Number(row.ordinal) === index + 1);
    return {
      rows: rows.slice(0, first),
      hasNextPage: rows.length > first,
      hasPreviousPage: request.after != null || offset > 0,
      cursor: (row) => encodeCursor(list, row),
      count: async () => (await count())[index] ?? 0,
    };
  });
}

async function countRows(db: Db, table: Prisma.Sql, parents: Prisma.Sql, where: Prisma.Sql[]): Promise<number[]> {
  const rows = await queryRows<{ count: number }>(
    db,
    Prisma.sql`SELECT (SELECT count(*)::INTEGER FROM ${table} WHERE ${conjunction(where)}) AS count
      FROM ${parents} ORDER BY parent.ordinal`,
  );
  return rows.map((row) => row.count);
}

function conjunction(conditions: Prisma.Sql[]): Prisma.Sql {
  return conditions.length === 0 ? Prisma.sql`TRUE` : Prisma.join(conditions, " AND ");
}

function checked(field: string, value: number, min: number, max: number): number {
  if (Number.isInteger(value) && value >= min && value <= max) return value;
  throw new DomainError("INVALID_INPUT", `${field} must be from ${min} to ${max}, got ${quote(value)}.`, { field });
}

function encodeCursor<Row>(list: List<Row>, row: Row): string {
  const key = list.order.map(({ field }) => {
    const value = row[field];
    return value instanceof Date ? value.toISOString() : String(value);
  });
  return Buffer.from(JSON.stringify([list.table, ...key])).toString("base64url");
}

function afterCursor<Row>(list: List<Row>, cursor: string): Prisma.Sql {
  const [table, ...key] = decodeCursor(cursor);
  if (
    table !== list.table ||
    key.length !== list.order.length ||
    !list.order.every(({ type }, index) => isKey(type, key[index]))
  ) {
    throw new DomainError("INVALID_INPUT", `after must be a cursor that this list gave out, got ${quote(cursor)}.`, {
      field: "after",
    });
  }
  const columns = Prisma.raw(list.order.map(({ column }) => column).join(", "));
  const values = list.order.map(({ type }, index) => Prisma.sql`${key[index]}::text::${Prisma.raw(type)}`);
  const comparison = Prisma.raw(list.direction === "ASC" ? ">" : "<");
  return Prisma.sql`(${columns}) ${comparison} (${Prisma.join(values)})`;
}

function decodeCursor(cursor: string): unknown[] {
  try {
    const key: unknown = JSON.parse(Buffer.from(cursor, "base64url").toString("utf8"));
    return Array.isArray(key) ? key : [];
  } catch {
    return []; // Refused by the caller, which knows what the cursor should have been.
  }
}

function isKey(type: KeyType, value: unknown): boolean {
  if (typeof value !== "string" || value.includes("\0")) return false;
  if (type === "uuid") return isUuid(value);
  if (type === "integer") return /^\d{1,9}$/.test(value);
  if (type === "timestamptz") return isInstant(value);
  return value.isWellFormed();
}

/** As `encodeCursor` writes it, of a day that there is; PostgreSQL has no year 0. */
function isInstant(text: string): boolean {
  const time = new Date(text);
  return !Number.isNaN(time.getTime()) && time.toISOString() === text && /^(?!0000)\d{4}-/.test(text);
}
