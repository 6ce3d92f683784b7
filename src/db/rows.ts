import type { Prisma } from "../generated/prisma/client.js";
import type { Db, Tx } from "./database.js";

/** Runs one statement and gives its rows Prisma's field names: `team_id` becomes `teamId`. */
export async function queryRows<Row>(db: Db | Tx, sql: Prisma.Sql): Promise<Row[]> {
  const rows = await db.$queryRaw<Record<string, unknown>[]>(sql);
  return rows.map((row) => camelCased(row) as Row);
}

function camelCased(row: Record<string, unknown>): Record<string, unknown> {
  const result: Record<string, unknown> = {};
  for (const name in row) result[fieldName(name)] = row[name];
  return result;
}

const fieldNames = new Map<string, string>();

function fieldName(column: string): string {
  const known = fieldNames.get(column);
  if (known) return known;
  const name = column.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
  fieldNames.set(column, name);
  return name;
}
