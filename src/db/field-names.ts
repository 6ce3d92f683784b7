/** Renames the columns of a row to the fields of Prisma's models: `team_id` becomes `teamId`. */
export function withFieldNames(row: Record<string, unknown>): Record<string, unknown> {
  const result: Record<string, unknown> = {};
  for (const column in row) result[fieldNameOf(column)] = row[column];
  return result;
}

/** Returns the column of a field: `teamId` becomes `team_id`. */
export const columnOf = (field: string): string => field.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

const known = new Map<string, string>();

/** Names are remembered, because the same few columns come with every row. */
function fieldNameOf(column: string): string {
  const field = known.get(column) ?? column.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
  known.set(column, field);
  return field;
}
