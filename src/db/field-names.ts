import { snakeCase } from "../input/snake-case.js";
import type { Columns } from "./column-type.js";

/** Returns the column of a field: `teamId` becomes `team_id`. */
export const columnOf = (field: string): string => snakeCase(field);

/**
 * The columns of a row as SQL, such as "id, team_id"; with a table, "jobs.id, jobs.team_id". Statements name the columns
 * of their result instead of writing `*`: a prepared statement whose result gets another column, because a newer version
 * of the gateway has added one, is refused by PostgreSQL.
 */
export function columnsOf(row: Columns, table?: string): string {
  const prefix = table === undefined ? "" : `${table}.`;
  return Object.keys(row)
    .map((field) => prefix + columnOf(field))
    .join(", ");
}
