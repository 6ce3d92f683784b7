import { Prisma } from "../generated/prisma/client.js";
import { systemCode } from "../lib/system-code.js";

const UNIQUE_VIOLATION = "23505";
/** Of a reference to what is not there, or to what is to be deleted; the second code is that of ON DELETE RESTRICT since PostgreSQL 18. */
const FOREIGN_KEY_VIOLATIONS = new Set(["23503", "23001"]);

/** Prisma's codes for a database that cannot be reached, is full of connections, or went away in between. */
const UNAVAILABLE = new Set(["P1000", "P1001", "P1002", "P1008", "P1017", "P2024", "P2028", "P2037"]);
/** PostgreSQL's classes for the same: connection, resources, operator intervention, read-only. */
const UNAVAILABLE_SQLSTATE = /^(08|53|57P|25006)/;
const UNAVAILABLE_SYSTEM = new Set(["ECONNREFUSED", "ECONNRESET", "ENOTFOUND", "EPIPE", "ETIMEDOUT"]);

export const isUniqueViolation = (error: unknown): boolean =>
  prismaCode(error) === "P2002" || sqlState(error) === UNIQUE_VIOLATION;

export const isForeignKeyViolation = (error: unknown): boolean =>
  prismaCode(error) === "P2003" || FOREIGN_KEY_VIOLATIONS.has(sqlState(error) ?? "");

/** Whether the database, not the request, is what failed: the same request may succeed later. */
export function isDatabaseUnavailable(error: unknown): boolean {
  if (error instanceof Prisma.PrismaClientInitializationError) return true;
  const code = prismaCode(error) ?? systemCode(error);
  return (
    UNAVAILABLE.has(code ?? "") ||
    UNAVAILABLE_SYSTEM.has(code ?? "") ||
    UNAVAILABLE_SQLSTATE.test(sqlState(error) ?? "")
  );
}

function prismaCode(error: unknown): string | undefined {
  return error instanceof Prisma.PrismaClientKnownRequestError ? error.code : undefined;
}

function sqlState(error: unknown): string | undefined {
  if (!(error instanceof Prisma.PrismaClientKnownRequestError)) return undefined;
  const adapterError = error.meta?.driverAdapterError as { cause?: { originalCode?: string } } | undefined;
  return adapterError?.cause?.originalCode;
}
