/**
 * The row of a table with an id, or none, as a part of FROM that has the table's name. `id` is SQL that may name what
 * stands before it in FROM, and `condition` SQL that the row must fulfil. The row is looked up in the index of ids,
 * whatever the planner knows of the table: without the limit, a plan that is made while the table is small would read
 * all of it when it has grown.
 */
export const joinRow = (table: string, id: string, condition = "TRUE"): string =>
  `LEFT JOIN LATERAL (SELECT * FROM ${table} WHERE ${table}.id = ${id} AND ${condition} LIMIT 1) AS ${table} ON TRUE`;
