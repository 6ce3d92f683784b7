import type { Db } from "../../../src/db/client.js";

/** The names of all tables, read from the database's catalogue; the list of applied migrations is left out. */
export async function tableNames(db: Db): Promise<string[]> {
  const tables = await db.$queryRaw<{ name: string }[]>`
    SELECT table_name::text AS name FROM information_schema.tables
    WHERE table_schema = current_schema() AND table_type = 'BASE TABLE' AND table_name <> '_prisma_migrations'
    ORDER BY name`;
  return tables.map(({ name }) => name);
}

/** Every row of every table: the table's name and the row as JSON, in which bytes are hexadecimal. */
export async function allRows(db: Db): Promise<string[]> {
  const selects = (await tableNames(db)).map(
    (table) => `SELECT '${table} ' || to_jsonb(t)::text AS row FROM "${table}" t`,
  );
  const rows = await db.$queryRawUnsafe<{ row: string }[]>(selects.join(" UNION ALL "));
  return rows.map(({ row }) => row);
}

/** The number of rows of every table. */
export async function rowCounts(db: Db): Promise<Readonly<Record<string, number>>> {
  const counts = (await tableNames(db)).map(
    (table) => `SELECT '${table}' AS name, count(*)::integer AS rows FROM "${table}"`,
  );
  const found = await db.$queryRawUnsafe<{ name: string; rows: number }[]>(counts.join(" UNION ALL "));
  return Object.fromEntries(found.map(({ name, rows }) => [name, rows]));
}
