import { Prisma } from "../generated/prisma/client.js";
import {
  COUNT_MAX,
  PAGE_FIRST_DEFAULT,
  PAGE_FIRST_MAX,
  PAGE_OFFSET_MAX,
  type PageWindow,
} from "../input/page-window.js";
import { DomainError, quote } from "../lib/errors.js";
import { groupBy } from "../lib/group-by.js";
import type { Columns, ValuesOf } from "./column-type.js";
import { columnOf, columnsOf } from "./field-names.js";
import { afterCursor, encodeCursor, type Ordered } from "./page-cursor.js";
import type { Sql } from "./statement.js";

/** A list that is read page by page. */
export interface List<Row extends Columns> extends Ordered<Row> {
  /** The field with a row's parent, if the list is also an edge of that parent. */
  readonly parent?: keyof Row & string;
  /** The same if rows belong to a row of another table, and that one to the parent. In its SQL `parent.id` is the parent. */
  readonly throughParent?: { readonly table: string; readonly fits: string };
  /**
   * The number of rows in the list of `parent.id`, as SQL, if it is recorded. Otherwise, or with a filter, the rows are
   * counted.
   */
  readonly countOfParent?: string;
}

/** Declares a list. The compiler checks the fields of `parent` and `order` against its row. */
export const list = <const Row extends Columns>(declared: List<Row>): List<Row> => declared;

/** A condition on the rows of a list. Only *.sql.ts files make conditions. */
export type Condition = Prisma.Sql;

/** Which rows of a list are shown. */
export interface Filter {
  /** A row must fulfil all of these. */
  readonly all: readonly Condition[];
  /**
   * If it is given, a row must also fit one of these values: `fits` is the condition, in which `one.value` is the value, a
   * text. The rows of each value are read by themselves, in the order of an index, and then merged: for all of them
   * together no index has the order.
   */
  readonly oneOf?: { readonly values: readonly string[]; readonly fits: Condition };
  /** If it is given, a row must also fit one of the rows of a table. They are read and merged in the same way. */
  readonly across?: Across;
}

/** A table as it stands in FROM, with its name, and the condition that a row of the list fits one of its rows. */
export interface Across {
  readonly table: Prisma.Sql;
  readonly fits: Condition;
}

export interface Page<Row> {
  readonly rows: readonly Row[];
  readonly hasNextPage: boolean;
  readonly hasPreviousPage: boolean;
  cursor(row: Row): string;
  /**
   * Returns the number of rows in the whole list. Rows that have to be counted are counted up to COUNT_MAX. One statement
   * counts the lists of all pages that were fetched together.
   */
  count(): Promise<number>;
}

const EVERYTHING: Filter = { all: [] };

/**
 * Returns one page of a list, with only the rows that pass the filter. Throws INVALID_INPUT if the window is not valid.
 */
export async function fetchPage<Row extends Columns>(
  sql: Sql,
  list: List<Row>,
  window: PageWindow,
  filter: Filter = EVERYTHING,
): Promise<Page<ValuesOf<Row>>> {
  const [page] = await pages(sql, list, Prisma.sql`(VALUES (1)) AS parent(ordinal)`, 1, window, filter);
  return page as Page<ValuesOf<Row>>;
}

/** Returns the same page of several parents' lists, in the order of `parentIds`. All are read in one statement. */
export function fetchPages<Row extends Columns>(
  sql: Sql,
  list: List<Row>,
  parentIds: readonly string[],
  window: PageWindow,
  filter: Filter = EVERYTHING,
): Promise<Page<ValuesOf<Row>>[]> {
  const { throughParent } = list;
  if (throughParent) {
    const across = { table: Prisma.raw(throughParent.table), fits: Prisma.raw(throughParent.fits) };
    const ids = Prisma.sql`unnest(${parentIds}::text[]) WITH ORDINALITY AS parent(id, ordinal)`;
    return pages(sql, list, ids, parentIds.length, window, { ...filter, across });
  }
  if (!list.parent) throw new Error(`The list of ${list.table} has no parent.`);
  const type = Prisma.raw(String(list.row[list.parent]).replace("?", ""));
  const parents = Prisma.sql`unnest(${parentIds}::${type}[]) WITH ORDINALITY AS parent(id, ordinal)`;
  const ofParent = Prisma.sql`${Prisma.raw(columnOf(list.parent))} = parent.id`;
  return pages(sql, list, parents, parentIds.length, window, { ...filter, all: [ofParent, ...filter.all] });
}

async function pages<Row extends Columns>(
  sql: Sql,
  list: List<Row>,
  parents: Prisma.Sql,
  parentCount: number,
  window: PageWindow,
  filter: Filter,
): Promise<Page<ValuesOf<Row>>[]> {
  const first = checked("first", window.first ?? PAGE_FIRST_DEFAULT, 1, window.firstMax ?? PAGE_FIRST_MAX);
  const offset = checked("offset", window.offset ?? 0, 0, PAGE_OFFSET_MAX);
  const after = window.after == null ? [] : [afterCursor(list, window.after)];
  const order = orderOf(list);
  const columns = Prisma.raw(columnsOf(list.row, "page"));
  const reached = Prisma.sql`ORDER BY ${order} LIMIT ${offset + first + 1}`;
  const found = await sql.query(
    Prisma.sql`SELECT parent.ordinal::INTEGER AS ordinal, ${columns} FROM ${parents} CROSS JOIN LATERAL (
      SELECT part.* FROM ${rowsOf(list, { ...filter, all: [...filter.all, ...after] }, reached)}
      ORDER BY ${order} LIMIT ${first + 1} OFFSET ${offset}
    ) AS page ORDER BY parent.ordinal, ${order}`,
    numberedRow(list.row),
  );
  const byParent = groupBy(found, ({ ordinal }): unknown => ordinal);
  let counts: Promise<number[]> | undefined;
  const count = () => {
    counts ??= countRows(sql, list, parents, filter);
    return counts;
  };
  return Array.from({ length: parentCount }, (_, index) => {
    const rows: ValuesOf<Row>[] = byParent.get(index + 1) ?? [];
    return {
      rows: rows.slice(0, first),
      hasNextPage: rows.length > first,
      hasPreviousPage: window.after != null || offset > 0,
      cursor: (row) => encodeCursor(list, row),
      count: async () => (await count())[index] ?? 0,
    };
  });
}

const countRow = { count: "int4" } as const;

const numberedRows = new WeakMap<Columns, Columns>();

/** The row of a list beside the number of its parent. It is made once for each list. */
function numberedRow<Row extends Columns>(row: Row): Row & { readonly ordinal: "int4" } {
  const numbered = numberedRows.get(row) ?? { ...row, ordinal: "int4" as const };
  numberedRows.set(row, numbered);
  return numbered as Row & { readonly ordinal: "int4" };
}

const orderOf = <Row extends Columns>({ order, direction }: List<Row>): Prisma.Sql =>
  Prisma.raw(order.map((field) => `${columnOf(field)} ${direction}`).join(", "));

/**
 * The rows that pass a filter, as a table `part`. Of those of each value of `oneOf`, and of each row of `across`, it has
 * as many as `end` lets through.
 */
function rowsOf<Row extends Columns>(
  { table }: List<Row>,
  { all, oneOf, across }: Filter,
  end: Prisma.Sql,
): Prisma.Sql {
  const conditions = [...all, oneOf?.fits ?? Prisma.sql`TRUE`, across?.fits ?? Prisma.sql`TRUE`];
  const part = Prisma.sql`(SELECT * FROM ${Prisma.raw(table)} WHERE ${Prisma.join(conditions, " AND ")} ${end}) AS part`;
  const values = oneOf ? [Prisma.sql`unnest(${oneOf.values}::text[]) AS one(value)`] : [];
  const merged = [...values, ...(across ? [across.table] : [])];
  return merged.length === 0 ? part : Prisma.sql`${Prisma.join(merged, " CROSS JOIN ")} CROSS JOIN LATERAL ${part}`;
}

async function countRows<Row extends Columns>(
  sql: Sql,
  list: List<Row>,
  parents: Prisma.Sql,
  filter: Filter,
): Promise<number[]> {
  // The order makes the database count in an index. Without it, it may look for rows from the beginning of the table.
  const end = Prisma.sql`ORDER BY ${orderOf(list)} LIMIT ${COUNT_MAX}`;
  // The condition that each list of a parent has is that of the parent itself.
  const isWhole = filter.all.length === 1 && !filter.oneOf;
  const count =
    list.countOfParent && isWhole
      ? Prisma.raw(list.countOfParent)
      : Prisma.sql`SELECT count(*)::INTEGER FROM (SELECT FROM ${rowsOf(list, filter, end)} LIMIT ${COUNT_MAX}) AS counted`;
  const rows = await sql.query(
    Prisma.sql`SELECT (${count}) AS count FROM ${parents} ORDER BY parent.ordinal`,
    countRow,
  );
  return rows.map((row) => row.count);
}

function checked(field: string, value: number, min: number, max: number): number {
  if (Number.isInteger(value) && value >= min && value <= max) return value;
  throw new DomainError("INVALID_INPUT", `${field} must be from ${min} to ${max}, got ${quote(value)}.`, { field });
}
