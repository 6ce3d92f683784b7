import { Prisma } from "../../generated/prisma/client.js";
import type { Columns } from "../column-type.js";
import { columnOf } from "../field-names.js";
import type { Ordered } from "./page-cursor.js";

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
  /** If it is given, a row must also fulfil conditions that are searched for. The list must have an `id` then. */
  readonly searched?: Searched;
}

/** A table as it stands in FROM, with its name, and the condition that a row of the list fits one of its rows. */
export interface Across {
  readonly table: Prisma.Sql;
  readonly fits: Condition;
}

/**
 * Conditions of which nobody knows how many rows fulfil them, such as that of metadata. If many do, the rows of a page are
 * near the beginning of the list. If few do, an index finds all of them, which does not have the order of the list.
 */
export interface Searched {
  readonly fits: readonly Condition[];
  /**
   * How it is searched. "near first": a bounded number of rows is read in the order of the list, and the index only if
   * these are not enough. "index": the index is read at once. "whole": all rows are read in the order of the list, because
   * `across` says already where there are some.
   */
  readonly by: "near first" | "index" | "whole";
  /** Whether it takes long to check them in a row, as with words. Then a count is that of the index. */
  readonly isDear: boolean;
  /** What `oneOf` and `across` say, as conditions of one reading by the index. */
  readonly instead: readonly Condition[];
  /** How many rows `across` has, about. What is read near the beginning is shared out among them. */
  readonly parts: number;
}

/** The order of a list, for the rows of a table of this name. */
export const orderOf = <Row extends Columns>({ order, direction }: List<Row>, table: string): Prisma.Sql =>
  Prisma.raw(order.map((field) => `${table}.${columnOf(field)} ${direction}`).join(", "));

/** The columns by which the rows of a list are told apart and ordered. */
export const keysOf = <Row extends Columns>({ order }: List<Row>, others: readonly string[] = []): string[] => [
  ...new Set([...others, ...order.map(columnOf)]),
];

/**
 * The rows that pass a filter, as a table `part`. Of those of each value of `oneOf`, and of each row of `across`, it has
 * as many as `end` lets through. `around` may make another table of these.
 */
export function rowsOf<Row extends Columns>(
  { table }: List<Row>,
  { all, oneOf, across }: Filter,
  end: Prisma.Sql,
  around: (rows: Prisma.Sql) => Prisma.Sql = (rows) => rows,
): Prisma.Sql {
  const conditions = [...all, oneOf?.fits ?? Prisma.sql`TRUE`, across?.fits ?? Prisma.sql`TRUE`];
  const rows = Prisma.sql`(SELECT * FROM ${Prisma.raw(table)} WHERE ${Prisma.join(conditions, " AND ")} ${end})`;
  const part = Prisma.sql`${around(rows)} AS part`;
  const values = oneOf ? [Prisma.sql`unnest(${oneOf.values}::text[]) AS one(value)`] : [];
  const merged = [...values, ...(across ? [across.table] : [])];
  return merged.length === 0 ? part : Prisma.sql`${Prisma.join(merged, " CROSS JOIN ")} CROSS JOIN LATERAL ${part}`;
}
