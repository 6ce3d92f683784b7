import type { Db } from "../../../src/db/client.js";
import { tableNames } from "./tables.js";

/** Returns each row that has changed since it was asked last, in order: its table, how, and the row before and after. */
export type ChangedRows = () => Promise<string[]>;

/**
 * Has a database note which rows change from now on, in every table. To read all rows before and after says the same, and
 * takes the longer the more rows there are. An update that leaves a row as it was is no change.
 */
export async function noteChangedRows(db: Db): Promise<ChangedRows> {
  const tables = await tableNames(db);
  await db.$executeRaw`CREATE TABLE test_changes (number BIGINT GENERATED ALWAYS AS IDENTITY, change TEXT NOT NULL)`;
  await db.$executeRaw`CREATE FUNCTION test_note_change() RETURNS TRIGGER LANGUAGE plpgsql AS $$
    BEGIN
      IF TG_OP <> 'UPDATE' OR to_jsonb(OLD) <> to_jsonb(NEW) THEN
        INSERT INTO test_changes (change) VALUES (concat_ws(' ', TG_TABLE_NAME, TG_OP, to_jsonb(OLD), to_jsonb(NEW)));
      END IF;
      RETURN NULL;
    END $$`;
  for (const table of tables)
    for (const when of ["INSERT OR UPDATE OR DELETE ON %s FOR EACH ROW", "TRUNCATE ON %s FOR EACH STATEMENT"])
      await db.$executeRawUnsafe(
        `CREATE TRIGGER test_${when.split(" ")[0]} AFTER ${when.replace("%s", `"${table}"`)} EXECUTE FUNCTION test_note_change()`,
      );
  return async () => {
    const changes = await db.$queryRaw<{ change: string }[]>`
      WITH noted AS (DELETE FROM test_changes RETURNING number, change) SELECT change FROM noted ORDER BY number`;
    return changes.map(({ change }) => change);
  };
}
