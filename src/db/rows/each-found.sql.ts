/**
 * Rows of a table that are looked up for each row before it in FROM, as a part of FROM that has the table's name, or another.
 * `columns` and `condition` are SQL. Each look-up is by itself in an index, whatever the planner knows of the table: a plan
 * that is made while the table is small is kept, and would read all of it when it has grown.
 */
export const eachFound = (table: string, columns: string, condition: string, name = table): string =>
  `LATERAL (SELECT ${columns} FROM ${table} WHERE ${condition} OFFSET 0) AS ${name}`;
