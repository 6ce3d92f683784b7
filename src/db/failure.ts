import { Prisma } from "../generated/prisma/client.js";
import { alreadyExists } from "../lib/errors.js";
import { systemCode } from "../lib/system-code.js";

const UNIQUE_VIOLATION = "23505";
const LOCK_NOT_AVAILABLE = "55P03";
/** What the codes of failures of a connection begin with. */
const CONNECTION_FAILURES = "08";
/**
 * A row refers to a missing row, or a row that others refer to is to be deleted. The second code is that of ON DELETE
 * RESTRICT since PostgreSQL 18.
 */
const FOREIGN_KEY_VIOLATIONS = new Set(["23503", "23001"]);

/** Prisma's codes for a database that cannot be reached, refuses the gateway, or broke the connection. */
const AWAY = new Set(["P1000", "P1001", "P1002", "P1008", "P1011", "P1017"]);
/** The same failures of a raw statement, for which Prisma's code says only that it failed. */
const AWAY_KINDS = new Set(["DatabaseNotReachable", "ConnectionClosed", "SocketTimeout", "TlsConnectionError"]);
const AWAY_SYSTEM = new Set([
  "ECONNREFUSED",
  "ECONNRESET",
  "ENOTFOUND",
  "EAI_AGAIN",
  "EPIPE",
  "ETIMEDOUT",
  "EHOSTUNREACH",
]);
/** PostgreSQL's codes for a broken connection, for its operator, who stops or starts it, and for too many connections. */
const AWAY_SQLSTATE = /^(08|57P|53300)/;
/** Messages of the driver's errors that have no code: a connection broke, or did not become free in time. */
const AWAY_MESSAGE =
  /^(Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error)/;

/** Prisma's codes for no free connection, and for a transaction that was broken off in favour of another. */
const UNAVAILABLE = new Set(["P2024", "P2028", "P2034", "P2037"]);
/**
 * PostgreSQL's codes for failures of its resources or the system; for a statement or a wait for a lock that took too
 * long; for a deadlock; and for a read-only database.
 */
const UNAVAILABLE_SQLSTATE = /^(53|58|57014|40001|40P01|55P03|25P03|25006)/;

const isUniqueViolation = (error: unknown): boolean =>
  prismaCode(error) === "P2002" || sqlState(error) === UNIQUE_VIOLATION;

/** Does the work that creates something under an id that the admin chose. Throws ALREADY_EXISTS if the id is taken. */
export async function orAlreadyExists<Result>(kind: string, id: string, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    throw isUniqueViolation(error) ? alreadyExists(kind, id) : error;
  }
}

/** Whether a statement broke a foreign key. */
export const isForeignKeyViolation = (error: unknown): boolean =>
  prismaCode(error) === "P2003" || FOREIGN_KEY_VIOLATIONS.has(sqlState(error) ?? "");

/**
 * Whether the server itself refused a statement, so that it is certain that nothing of it is kept. If a connection breaks
 * instead, the statement may have been carried out. A proxy of connections, such as PgBouncer, says so with a code of its
 * own.
 */
export function wasRefusedByServer(error: unknown): boolean {
  const code = sqlState(error);
  return code !== undefined && !code.startsWith(CONNECTION_FAILURES);
}

/** Whether a statement was given up because somebody held a lock that it needed for too long. */
export const waitedForLock = (error: unknown): error is Error => sqlState(error) === LOCK_NOT_AVAILABLE;

/** Whether the database failed, and not the request. The same request may succeed later. */
export const isDatabaseUnavailable = (error: unknown): boolean =>
  isDatabaseAway(error) || UNAVAILABLE.has(prismaCode(error) ?? "") || UNAVAILABLE_SQLSTATE.test(sqlState(error) ?? "");

/** Whether no connection to the database could be had, or the connection broke. `Outage` takes note of each. */
export function isDatabaseAway(error: unknown): boolean {
  if (error instanceof Prisma.PrismaClientInitializationError) return true;
  const { kind = "" } = adapterCause(error) ?? {};
  return (
    AWAY.has(prismaCode(error) ?? "") ||
    AWAY_SYSTEM.has(systemCode(error) ?? "") ||
    AWAY_KINDS.has(kind) ||
    AWAY_SQLSTATE.test(sqlState(error) ?? "") ||
    (error instanceof Error && AWAY_MESSAGE.test(error.message))
  );
}

/** Returns what the driver, the system or PostgreSQL says of a failure, in one sentence. */
export function reasonOf(error: unknown): string {
  const { originalMessage, kind } = adapterCause(error) ?? {};
  const reason = originalMessage ?? kind ?? (error instanceof Error ? error.message || systemCode(error) : undefined);
  return `${reason ?? String(error)}.`;
}

function prismaCode(error: unknown): string | undefined {
  return error instanceof Prisma.PrismaClientKnownRequestError ? error.code : undefined;
}

/** PostgreSQL's code of a failure, from Prisma or from the driver itself. Undefined if the server said nothing. */
function sqlState(error: unknown): string | undefined {
  const isOfDriver = error instanceof Error && "severity" in error;
  return isOfDriver ? systemCode(error) : adapterCause(error)?.originalCode;
}

/**
 * Returns what Prisma's adapter tells about the failure underneath. The adapter's error is part of Prisma's own, or, if a
 * transaction could not be committed, comes as it is.
 */
function adapterCause(error: unknown): Cause | undefined {
  if (error instanceof Error && error.name === "DriverAdapterError") return error.cause as Cause | undefined;
  if (!(error instanceof Prisma.PrismaClientKnownRequestError)) return undefined;
  return (error.meta?.driverAdapterError as { cause?: Cause } | undefined)?.cause;
}

interface Cause {
  readonly kind?: string;
  readonly originalCode?: string;
  readonly originalMessage?: string;
}
