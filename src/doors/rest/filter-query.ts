import { Type } from "typebox";
import { FILTER_VALUES_MAX } from "../../edge/graphql/filter-fields.js";
import { invalid } from "../../input/validate.js";
import { parseExact } from "../../lib/json/exact-json.js";
import type { JsonObject } from "../../lib/json/json.js";
import { isObject } from "../../lib/json/unknown-json.js";
import { oneOf, text } from "./schemas.js";

// The query parameters of filters. They have the names of GraphQL's filters, in snake case.

const REPEAT = "Give the parameter several times to ask for several.";

/** What a list says that is also sent as CSV. */
export const CSV_TEXT =
  "With the header `Accept: text/csv`, the answer is all rows that fit as CSV, with exact amounts, and `limit` and `offset` count for nothing. If the connection breaks before the end, the client has not got all of them.";

/** Several texts. One alone is a list of one. */
export const texts = (description: string) =>
  Type.Optional(Type.Array(Type.String(), { maxItems: FILTER_VALUES_MAX, description: `${description} ${REPEAT}` }));

/** Several values of an enum. */
export const someOf = <Text extends string>(values: readonly Text[], description: string) =>
  Type.Optional(
    Type.Array(oneOf(values, "One of them."), { maxItems: FILTER_VALUES_MAX, description: `${description} ${REPEAT}` }),
  );

/** A time. */
export const instant = (description: string) =>
  Type.Optional(Type.String({ format: "date-time", description: `${description} Such as 2026-11-29T12:00:00Z.` }));

/** What every filter of work has. */
export const workQuery = (plural: string) => ({
  team_ids: texts(`${plural} of one of these teams.`),
  key_ids: texts(`${plural} of one of these virtual keys.`),
  created_after: instant(`${plural} created at this time or later.`),
  created_before: instant(`${plural} created before this time.`),
  metadata_contains: Type.Optional(text(`A JSON object. ${plural} whose metadata has all of it.`)),
  error_text: Type.Optional(
    text(`${plural} whose error message has words that begin with the words of this text, in any order.`),
  ),
});

interface WorkQuery {
  readonly team_ids?: string[];
  readonly key_ids?: string[];
  readonly created_after?: string;
  readonly created_before?: string;
  readonly metadata_contains?: string;
  readonly error_text?: string;
}

/** The same as services know it. A filter of theirs is made of it, because its class has the rules. */
export const workFilterOf = (query: WorkQuery) => ({
  teamIds: query.team_ids ?? null,
  keyIds: query.key_ids ?? null,
  createdAfter: instantOf("created_after", query.created_after),
  createdBefore: instantOf("created_before", query.created_before),
  metadataContains: objectOf("metadata_contains", query.metadata_contains),
  errorText: query.error_text ?? null,
});

const ISO_TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2})$/i;

/** Reads a time of a query. Null if it is not given. Throws INVALID_INPUT if it is no time. */
export function instantOf(name: string, value: string | undefined): Date | null {
  if (value === undefined) return null;
  const time = new Date(value);
  if (!ISO_TIME.test(value) || Number.isNaN(time.getTime()) || !isDay(value.slice(0, 10)))
    throw invalid(name, "must be a time with its zone, such as 2026-11-29T12:00:00Z", value);
  return time;
}

/** `Date` takes February 30 for March 2. */
const isDay = (date: string): boolean => new Date(`${date}T00:00Z`).toISOString().startsWith(date);

function objectOf(name: string, value: string | undefined): JsonObject | null {
  if (value === undefined) return null;
  try {
    const json = parseExact(value);
    if (isObject(json)) return json as JsonObject;
  } catch {
    // It is refused below, like JSON of another kind.
  }
  throw invalid(name, 'must be a JSON object, such as {"customer":"acme"}', value);
}
