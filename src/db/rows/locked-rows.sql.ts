/**
 * Rows of a table, locked one after the other in the order of their ids, as a part of FROM that has the table's name. `ids`
 * is SQL that selects the ids, and `condition` SQL that a row must fulfil. Each row is looked up in the index of ids,
 * whatever the planner knows of the table: a plan that is made while the table is small is kept, and would read all of it
 * when it has grown. A condition that stands outside chooses no other index, because of OFFSET 0.
 */
export const lockedById = (table: string, ids: string, condition = "TRUE"): string =>
  `unnest(ARRAY(SELECT DISTINCT asked.id FROM (${ids}) AS asked (id) ORDER BY asked.id)) AS asked (asked_id)
        CROSS JOIN LATERAL (SELECT * FROM ${table} WHERE id = asked_id AND ${condition} OFFSET 0 FOR NO KEY UPDATE) AS ${table}`;
