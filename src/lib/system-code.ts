/**
 * Returns the system's code of a failure, such as ECONNREFUSED, or undefined if it has none. If several failures are
 * joined, the first one counts.
 */
export function systemCode(error: unknown): string | undefined {
  if (error instanceof AggregateError) return systemCode(error.errors[0]);
  return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : undefined;
}
