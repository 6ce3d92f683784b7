/** The system's code of a failure, such as ECONNREFUSED; of several at once, the first one's. */
export function systemCode(error: unknown): string | undefined {
  if (error instanceof AggregateError) return systemCode(error.errors[0]);
  return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : undefined;
}
