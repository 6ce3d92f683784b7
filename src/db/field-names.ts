/** Returns the column of a field: `teamId` becomes `team_id`. */
export const columnOf = (field: string): string => field.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

const known = new Map<string, string>();

/**
 * Returns the field of a column in Prisma's models: `team_id` becomes `teamId`. Names are remembered, because the same
 * few columns come with every row.
 */
export function fieldNameOf(column: string): string {
  const field = known.get(column) ?? column.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
  known.set(column, field);
  return field;
}
