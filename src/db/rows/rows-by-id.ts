import type { Columns } from "../column-type.js";
import { columnsOf } from "../field-names.js";
import type { Statement } from "../statement.js";

type WithId = Columns & { readonly id: "uuid" | "text" };

/** The statement that reads those rows of a table that have one of the given ids. */
export function rowsById<const Row extends WithId>(
  name: string,
  table: string,
  row: Row,
): Statement<{ readonly ids: `${Row["id"]}[]` }, Row> {
  const ids: `${Row["id"]}[]` = `${row.id}[]`;
  return { name, params: { ids }, text: `SELECT ${columnsOf(row)} FROM ${table} WHERE id = ANY($1)`, row };
}
