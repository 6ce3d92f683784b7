import { NotUpYet, StartError } from "../../lib/start-error.js";
import { systemCode } from "../../lib/system-code.js";

/**
 * Codes, of the system and of PostgreSQL, that a server gives while it or its network is still starting: it refuses or
 * breaks connections, is not to be found for the moment, shuts down, starts up, or has no connection free.
 */
const NOT_UP_YET = new Set([
  ...["ECONNREFUSED", "ECONNRESET", "EAI_AGAIN", "ETIMEDOUT", "EHOSTUNREACH"],
  ...["57P01", "57P02", "57P03", "53300"],
]);
/** PostgreSQL's code for a change of a database that is read-only. */
const READ_ONLY = "25006";
/** Messages of the driver's errors that have no code. */
const NOT_UP_YET_MESSAGE = /^(Connection terminated|timeout expired|Client has encountered a connection error)/;

/**
 * Returns why a start cannot use a PostgreSQL database, in one sentence that says what to do and shows no password. If
 * waiting may help, it is NotUpYet. Returns undefined if the failure says nothing about the connection or its user.
 */
export function startFailure(url: string, error: unknown): StartError | undefined {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  const code = systemCode(cause) ?? "";
  const message = cause instanceof Error ? cause.message : String(cause);
  const { place, user, database } = partsOf(url);
  if (NOT_UP_YET.has(code) || NOT_UP_YET_MESSAGE.test(message))
    return new NotUpYet(
      `The database at ${place} takes no connections: ${/^\d/.test(code) ? message : code || message}.`,
    );
  if (code === "3D000")
    return new StartError(
      `The database ${database} of DATABASE_URL does not exist at ${place}. Create it, or correct its name.`,
    );
  if (code === "28P01" || code === "28000")
    return new StartError(`The database at ${place} refuses the login of DATABASE_URL: ${message}.`);
  if (code === "42501")
    return new StartError(`The user ${user} of DATABASE_URL lacks a right in the database ${database}: ${message}.`);
  if (code === READ_ONLY) return takesNoChanges(url);
  if (code === "ENOTFOUND")
    return new StartError(
      `The host ${place} of DATABASE_URL is not known. Correct its name, or the network's name service.`,
    );
  return undefined;
}

/** The refusal of a database that is read-only. */
export const takesNoChanges = (url: string): StartError =>
  new StartError(
    `The database ${partsOf(url).database} of DATABASE_URL takes no changes. Name the primary server, and not a standby.`,
  );

/** Returns the same for a failure to connect, whatever it says. */
export const connectFailure = (url: string, error: unknown): StartError =>
  startFailure(url, error) ??
  new StartError(
    `The database at ${placeOf(url)}, from DATABASE_URL, cannot be used: ${error instanceof Error ? error.message : String(error)}.`,
  );

/** Returns the host and port of a database's URL, or the folder of its socket. */
export const placeOf = (url: string): string => partsOf(url).place;

function partsOf(url: string): { place: string; user: string; database: string } {
  const { host, username, pathname, searchParams } = new URL(url);
  const place = host || searchParams.get("host") || "localhost";
  return { place, user: `"${username}"`, database: `"${pathname.slice(1)}"` };
}
