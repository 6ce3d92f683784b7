import { Prisma } from "../../generated/prisma/client.js";
import { COUNT_MAX } from "../../input/page-window.js";
import { groupBy } from "../../lib/group-by.js";
import type { Columns, ValuesOf } from "../column-type.js";
import { columnOf, columnsOf } from "../field-names.js";
import type { Sql } from "../statement.js";
import { type Filter, keysOf, type List, orderOf, rowsOf, type Searched } from "./list.js";

/** How many rows are read in the order of a list before its index is asked. */
const NEAR = 2_000;
/** If so many of these fit, a count goes on in the order of the list, as far as it then has to. */
const COMMON = NEAR / 4;
const NEAR_COUNT = (COUNT_MAX * NEAR) / COMMON;

/** The lists of some parents, whose filter has something that is searched. */
export interface SearchedLists<Row extends Columns> {
  readonly list: List<Row>;
  /** A table `parent` with an `ordinal`, and the condition that a row is one of the parent's. */
  readonly parents: Prisma.Sql;
  readonly parentCount: number;
  readonly ofParent: Prisma.Sql | null;
  /** What passes for all parents. */
  readonly filter: Filter & { readonly searched: Searched };
}

interface Cut {
  readonly first: number;
  readonly offset: number;
}

const nearRow = { ordinal: "int4", id: "text", fits: "bool", isLast: "bool" } as const;
const foundRow = { ordinal: "int4", id: "text" } as const;
const nearCountRow = { count: "int4", isCut: "bool" } as const;
const countRow = { count: "int4" } as const;

/** Returns the rows of one page of each parent's list, and one more of each that goes on. */
export async function findSearched<Row extends Columns>(
  sql: Sql,
  lists: SearchedLists<Row>,
  cut: Cut,
): Promise<ValuesOf<Row>[][]> {
  const { by } = lists.filter.searched;
  const ids = (by === "index" ? null : await nearIds(sql, lists, cut)) ?? (await foundIds(sql, lists, cut));
  const { list } = lists;
  const type = Prisma.raw(`${String(list.row.id)}[]`);
  const rows = await sql.query(
    Prisma.sql`SELECT ${Prisma.raw(columnsOf(list.row))} FROM ${Prisma.raw(list.table)} WHERE id = ANY (${ids.flat()}::${type})`,
    list.row,
  );
  const byId = new Map<unknown, ValuesOf<Row>>(rows.map((row) => [row.id, row]));
  return ids.map((ofOne) => ofOne.map((id) => byId.get(id)).filter((row) => row !== undefined));
}

/** Null if the rows that were read in order are not enough for all of the lists. */
async function nearIds<Row extends Columns>(
  sql: Sql,
  lists: SearchedLists<Row>,
  { first, offset }: Cut,
): Promise<string[][] | null> {
  const { list, parents, parentCount } = lists;
  const needed = offset + first + 1;
  const { filter, end, judged } = nearOf(lists, Math.max(NEAR, 2 * needed));
  const fitting = (rows: Prisma.Sql) =>
    Prisma.sql`(SELECT * FROM ${judged(rows)} WHERE fits OR is_last ORDER BY ${orderOf(list, "judged")} LIMIT ${needed})`;
  const rows = await sql.query(
    Prisma.sql`SELECT parent.ordinal::INTEGER AS ordinal, page.id::text AS id, page.fits, page.is_last FROM ${parents} CROSS JOIN LATERAL (
      SELECT part.* FROM ${rowsOf(list, filter, end, fitting)} ORDER BY ${orderOf(list, "part")} LIMIT ${needed}
    ) AS page ORDER BY parent.ordinal, ${orderOf(list, "page")}`,
    nearRow,
  );
  const byParent = groupBy(rows, ({ ordinal }) => ordinal);
  const pages = Array.from({ length: parentCount }, (_, index) => {
    const read = byParent.get(index + 1) ?? [];
    // Nobody knows what comes after the last row of a part: there may be more of that part.
    const last = read.findIndex((row) => row.isLast);
    const known = (last < 0 ? read : read.slice(0, last + 1)).filter((row) => row.fits);
    return last < 0 || known.length === needed ? known.slice(offset).map(({ id }) => id) : null;
  });
  return pages.includes(null) ? null : (pages as string[][]);
}

/** Finds everything that fits once, and takes each parent's page of it. */
async function foundIds<Row extends Columns>(
  sql: Sql,
  lists: SearchedLists<Row>,
  { first, offset }: Cut,
): Promise<string[][]> {
  const { list, parents, parentCount, ofParent } = lists;
  const parent = ofParent && list.parent ? [columnOf(list.parent)] : [];
  const keys = Prisma.raw(keysOf(list, ["id", ...parent]).join(", "));
  const rows = await sql.query(
    Prisma.sql`WITH found AS MATERIALIZED (SELECT ${keys} FROM ${Prisma.raw(list.table)} WHERE ${foundConditions(lists, true)})
      SELECT parent.ordinal::INTEGER AS ordinal, page.id::text AS id FROM ${parents} CROSS JOIN LATERAL (
        SELECT * FROM found WHERE ${ofParent ?? Prisma.sql`TRUE`} ORDER BY ${orderOf(list, "found")} LIMIT ${first + 1} OFFSET ${offset}
      ) AS page ORDER BY parent.ordinal, ${orderOf(list, "page")}`,
    foundRow,
  );
  const byParent = groupBy(rows, ({ ordinal }) => ordinal);
  return Array.from({ length: parentCount }, (_, index) => (byParent.get(index + 1) ?? []).map(({ id }) => id));
}

/** Counts each parent's list up to COUNT_MAX. */
export async function countSearched<Row extends Columns>(sql: Sql, lists: SearchedLists<Row>): Promise<number[]> {
  const { by, isDear } = lists.filter.searched;
  const steps = by === "whole" ? [NEAR_COUNT] : by === "index" || isDear ? [] : [NEAR, NEAR_COUNT];
  for (const near of steps) {
    const counts = await countNear(sql, lists, near);
    if (counts.every(({ count, isCut }) => count === COUNT_MAX || !isCut)) return counts.map(({ count }) => count);
    if (counts.some(({ count, isCut }) => isCut && count < COMMON)) break;
  }
  const { list, parents, ofParent } = lists;
  const conditions = Prisma.join([ofParent ?? Prisma.sql`TRUE`, foundConditions(lists, false)], " AND ");
  const rows = await sql.query(
    Prisma.sql`SELECT (SELECT count(*)::INTEGER FROM (SELECT FROM ${Prisma.raw(list.table)} WHERE ${conditions} LIMIT ${COUNT_MAX}) AS counted) AS count
      FROM ${parents} ORDER BY parent.ordinal`,
    countRow,
  );
  return rows.map(({ count }) => count);
}

/** The parts are read one after the other, and no further than a count goes. */
function countNear<Row extends Columns>(sql: Sql, lists: SearchedLists<Row>, near: number) {
  const { list, parents } = lists;
  const { filter, end, judged } = nearOf(lists, near);
  const fitting = (rows: Prisma.Sql) => Prisma.sql`(SELECT fits, is_last FROM ${judged(rows)} WHERE fits OR is_last)`;
  return sql.query(
    Prisma.sql`SELECT counted.* FROM ${parents} CROSS JOIN LATERAL (
      SELECT (count(*) FILTER (WHERE fits))::INTEGER AS count, COALESCE(bool_or(is_last), FALSE) AS is_cut
      FROM (SELECT part.* FROM ${rowsOf(list, filter, end, fitting)} LIMIT ${COUNT_MAX}) AS read
    ) AS counted ORDER BY parent.ordinal`,
    nearCountRow,
  );
}

/** How rows are read in order, how many of each part, and a table of them that says which fit and which is the last. */
function nearOf<Row extends Columns>({ list, filter, ofParent }: SearchedLists<Row>, near: number) {
  const { all, searched } = filter;
  const most = searched.by === "whole" ? null : Math.ceil(near / Math.max(1, searched.parts));
  const keys = Prisma.raw(keysOf(list, ["id"]).join(", "));
  const isLast = most === null ? Prisma.sql`FALSE` : Prisma.sql`row_number() OVER () = ${most}`;
  const limit = most === null ? Prisma.sql`OFFSET 0` : Prisma.sql`LIMIT ${most}`;
  return {
    filter: { ...filter, all: [...all, ...(ofParent ? [ofParent] : [])] },
    end: Prisma.sql`ORDER BY ${orderOf(list, list.table)} ${limit}`,
    judged: (rows: Prisma.Sql) =>
      Prisma.sql`(SELECT ${keys}, (${Prisma.join([...searched.fits], " AND ")}) IS TRUE AS fits, ${isLast} AS is_last FROM ${rows} AS near) AS judged`,
  };
}

function foundConditions<Row extends Columns>({ list, parents, ofParent, filter }: SearchedLists<Row>, ofAll: boolean) {
  const { all, searched } = filter;
  const parent =
    ofAll && ofParent && list.parent
      ? [Prisma.sql`${Prisma.raw(columnOf(list.parent))} IN (SELECT id FROM ${parents})`]
      : [];
  return Prisma.join([...all, ...parent, ...searched.instead, ...searched.fits], " AND ");
}
