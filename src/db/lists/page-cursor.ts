import { Prisma } from "../../generated/prisma/client.js";
import { DomainError, quote } from "../../lib/errors.js";
import { isUuid } from "../../lib/ids.js";
import type { Columns, ValuesOf } from "../column-type.js";
import { columnOf } from "../field-names.js";

/**
 * A table in a fixed order. A cursor holds the table's name and the values of `order` in its row. So the next page begins
 * after that row, even if rows have come or gone since.
 */
export interface Ordered<Row extends Columns> {
  readonly table: string;
  /** The table's columns. */
  readonly row: Row;
  readonly order: readonly (keyof Row & string)[];
  /** An order with NULLS LAST is one that only an index with NULLS LAST has, and NULLS FIRST is the same index backwards. */
  readonly direction: "ASC" | "ASC NULLS FIRST" | "DESC" | "DESC NULLS LAST";
}

export function encodeCursor<Row extends Columns>(list: Ordered<Row>, row: ValuesOf<Row>): string {
  const key = list.order.map((field) => {
    const value: unknown = row[field];
    return value instanceof Date ? value.toISOString() : String(value);
  });
  return Buffer.from(JSON.stringify([list.table, ...key])).toString("base64url");
}

/** The condition that a row comes after the one of a cursor. Throws INVALID_INPUT if the list did not give the cursor out. */
export function afterCursor<Row extends Columns>(list: Ordered<Row>, cursor: string): Prisma.Sql {
  const { row, order, direction } = list;
  const key = keyOfCursor(list, cursor);
  const columns = Prisma.raw(order.map(columnOf).join(", "));
  const values = order.map((field, index) => Prisma.sql`${key[index]}::text::${Prisma.raw(String(row[field]))}`);
  return Prisma.sql`(${columns}) ${Prisma.raw(direction.startsWith("ASC") ? ">" : "<")} (${Prisma.join(values)})`;
}

/** The values of `order` in the row of a cursor, as texts. Throws INVALID_INPUT likewise. */
export function keyOfCursor<Row extends Columns>({ table, row, order }: Ordered<Row>, cursor: string): string[] {
  const [ofTable, ...key] = decodeCursor(cursor);
  const types = order.map((field) => String(row[field]));
  if (ofTable !== table || key.length !== types.length || !types.every((type, index) => isKey(type, key[index])))
    throw new DomainError("INVALID_INPUT", `after must be a cursor that this list gave out, got ${quote(cursor)}.`, {
      field: "after",
    });
  return key as string[];
}

function decodeCursor(cursor: string): unknown[] {
  try {
    const key: unknown = JSON.parse(Buffer.from(cursor, "base64url").toString("utf8"));
    return Array.isArray(key) ? key : [];
  } catch {
    return []; // The caller refuses it, because it knows what a cursor of its list contains.
  }
}

function isKey(type: string, value: unknown): boolean {
  if (typeof value !== "string" || value.includes("\0")) return false;
  if (type === "uuid") return isUuid(value);
  if (type === "int8") return /^\d{1,18}$/.test(value);
  if (type === "int4") return /^\d{1,9}$/.test(value);
  if (type === "timestamptz") return isInstant(value);
  return value.isWellFormed();
}

/** Whether a text is a time as `encodeCursor` writes it, on a day that exists. PostgreSQL has no year 0. */
function isInstant(text: string): boolean {
  const time = new Date(text);
  return !Number.isNaN(time.getTime()) && time.toISOString() === text && /^(?!0000)\d{4}-/.test(text);
}
