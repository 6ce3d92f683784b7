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
import { type Filter, type List, orderOf, rowsOf } from "./lists/list.js";
import { afterCursor, encodeCursor } from "./lists/page-cursor.js";
import { countSearched, findSearched, type SearchedLists } from "./lists/searched-list.js";
import type { Sql } from "./statement.js";

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
const NO_PARENT = Prisma.sql`(VALUES (1)) AS parent(ordinal)`;

/**
 * Returns one page of a list, with only the rows that pass the filter. Throws INVALID_INPUT if the window is not valid.
 */
export async function fetchPage<Row extends Columns>(
  sql: Sql,
  list: List<Row>,
  window: PageWindow,
  filter: Filter = EVERYTHING,
): Promise<Page<ValuesOf<Row>>> {
  const [page] = await pages(sql, { list, parents: NO_PARENT, parentCount: 1, ofParent: null, filter }, window);
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
  const parentCount = parentIds.length;
  if (throughParent) {
    const across = { table: Prisma.raw(throughParent.table), fits: Prisma.raw(throughParent.fits) };
    const parents = Prisma.sql`unnest(${parentIds}::text[]) WITH ORDINALITY AS parent(id, ordinal)`;
    return pages(sql, { list, parents, parentCount, ofParent: null, filter: { ...filter, across } }, window);
  }
  if (!list.parent) throw new Error(`The list of ${list.table} has no parent.`);
  const type = Prisma.raw(String(list.row[list.parent]).replace("?", ""));
  const parents = Prisma.sql`unnest(${parentIds}::${type}[]) WITH ORDINALITY AS parent(id, ordinal)`;
  const ofParent = Prisma.sql`${Prisma.raw(columnOf(list.parent))} = parent.id`;
  return pages(sql, { list, parents, parentCount, ofParent, filter }, window);
}

/** The lists of some parents, or one list. */
type Lists<Row extends Columns> = Omit<SearchedLists<Row>, "filter"> & { readonly filter: Filter };

async function pages<Row extends Columns>(
  sql: Sql,
  lists: Lists<Row>,
  window: PageWindow,
): Promise<Page<ValuesOf<Row>>[]> {
  const { list, parentCount, filter } = lists;
  const first = checked("first", window.first ?? PAGE_FIRST_DEFAULT, 1, PAGE_FIRST_MAX);
  const offset = checked("offset", window.offset ?? 0, 0, PAGE_OFFSET_MAX);
  const after = window.after == null ? [] : [afterCursor(list, window.after)];
  const rest = { ...lists, filter: { ...filter, all: [...filter.all, ...after] } };
  const found = isSearched(rest)
    ? await findSearched(sql, rest, { first, offset })
    : await readInOrder(sql, rest, { first, offset });
  let counts: Promise<number[]> | undefined;
  const count = () => {
    counts ??= isSearched(lists) ? countSearched(sql, lists) : countRows(sql, lists);
    return counts;
  };
  return Array.from({ length: parentCount }, (_, index) => {
    const rows = found[index] ?? [];
    return {
      rows: rows.slice(0, first),
      hasNextPage: rows.length > first,
      hasPreviousPage: window.after != null || offset > 0,
      cursor: (row) => encodeCursor(list, row),
      count: async () => (await count())[index] ?? 0,
    };
  });
}

const isSearched = <Row extends Columns>(lists: Lists<Row>): lists is SearchedLists<Row> =>
  lists.filter.searched !== undefined;

/** Reads the rows of one page of each parent's list, and one more of each that goes on. */
async function readInOrder<Row extends Columns>(
  sql: Sql,
  lists: Lists<Row>,
  { first, offset }: { first: number; offset: number },
): Promise<ValuesOf<Row>[][]> {
  const { list, parents, parentCount } = lists;
  const columns = Prisma.raw(columnsOf(list.row, "page"));
  const reached = Prisma.sql`ORDER BY ${orderOf(list, list.table)} LIMIT ${offset + first + 1}`;
  // Of rows that are skipped, only the keys are read and sorted.
  const keys = Prisma.raw(list.order.map((field) => `part.${columnOf(field)}`).join(", "));
  const table = Prisma.raw(list.table);
  const isKey = Prisma.raw(list.order.map((field) => `page.${columnOf(field)} = key.${columnOf(field)}`).join(" AND "));
  const page = Prisma.sql`SELECT ${offset > 0 ? keys : Prisma.raw("part.*")} FROM ${rowsOf(list, ofParentsIn(lists), reached)}
      ORDER BY ${orderOf(list, "part")} LIMIT ${first + 1} OFFSET ${offset}`;
  const joined =
    offset > 0 ? Prisma.sql`(${page}) AS key JOIN ${table} AS page ON ${isKey}` : Prisma.sql`(${page}) AS page`;
  const rows = await sql.query(
    Prisma.sql`SELECT parent.ordinal::INTEGER AS ordinal, ${columns} FROM ${parents} CROSS JOIN LATERAL ${joined}
      ORDER BY parent.ordinal, ${orderOf(list, "page")}`,
    numberedRow(list.row),
  );
  const byParent = groupBy(rows, ({ ordinal }): unknown => ordinal);
  return Array.from({ length: parentCount }, (_, index) => byParent.get(index + 1) ?? []);
}

const ofParentsIn = <Row extends Columns>({ ofParent, filter }: Lists<Row>): Filter => ({
  ...filter,
  all: [...(ofParent ? [ofParent] : []), ...filter.all],
});

const countRow = { count: "int4" } as const;

const numberedRows = new WeakMap<Columns, Columns>();

/** The row of a list beside the number of its parent. It is made once for each list. */
function numberedRow<Row extends Columns>(row: Row): Row & { readonly ordinal: "int4" } {
  const numbered = numberedRows.get(row) ?? { ...row, ordinal: "int4" as const };
  numberedRows.set(row, numbered);
  return numbered as Row & { readonly ordinal: "int4" };
}

async function countRows<Row extends Columns>(sql: Sql, lists: Lists<Row>): Promise<number[]> {
  const { list, parents } = lists;
  const filter = ofParentsIn(lists);
  // The order makes the database count in an index. Without it, it may look for rows from the beginning of the table.
  const end = Prisma.sql`ORDER BY ${orderOf(list, list.table)} LIMIT ${COUNT_MAX}`;
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
