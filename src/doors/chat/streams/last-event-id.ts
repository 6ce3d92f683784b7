import type { IncomingHttpHeaders } from "node:http";
import { invalid } from "../../../input/validate.js";

/**
 * Returns the number of the event after which a client goes on, from its `Last-Event-ID` header, or 0 if it has none.
 * Throws INVALID_INPUT if the header is not a number.
 */
export function lastEventIdOf(headers: IncomingHttpHeaders): number {
  const given = headers["last-event-id"]?.toString() ?? "0";
  if (!/^\d{1,10}$/.test(given)) throw invalid("Last-Event-ID", "must be the id of an event", given);
  return Number(given);
}
