import { Prisma } from "../generated/prisma/client.js";
import { isUuid } from "../lib/ids.js";
import type { JsonObject } from "../lib/json/json.js";
import type { Condition } from "./lists/list.js";

// Conditions that filters of several lists have. Columns are named by the code, never by a client.

/** The column is one of these texts. */
export const isOneOf = (column: string, values: readonly string[]): Condition =>
  Prisma.sql`${Prisma.raw(column)} = ANY(${values}::text[])`;

/** The column is one of these ids. What is no id cannot be found. */
export const isOneOfIds = (column: string, ids: readonly string[]): Condition =>
  Prisma.sql`${Prisma.raw(column)} = ANY(${ids.filter(isUuid)}::uuid[])`;

interface Times {
  readonly createdAfter?: Date | null;
  readonly createdBefore?: Date | null;
}

/** The row was created within these times: from the first on, and before the second. */
export const isCreatedWithin = ({ createdAfter, createdBefore }: Times): Condition[] => [
  ...(createdAfter ? [Prisma.sql`created_at >= ${createdAfter}`] : []),
  ...(createdBefore ? [Prisma.sql`created_at < ${createdBefore}`] : []),
];

/** The metadata has all of this. The first condition is that of the index. */
export const hasMetadata = (metadata: JsonObject): Condition =>
  Prisma.sql`metadata <> '{}' AND metadata @> ${JSON.stringify(metadata)}::text::jsonb`;

/** Each word of the text begins a word of the row's error message. A text without a word fits nothing. */
export const hasErrorWords = (text: string): Condition =>
  Prisma.sql`error_message IS NOT NULL AND to_tsvector('simple', error_message) @@ to_tsquery('simple', ${wordsQuery(text)})`;

const wordsQuery = (text: string): string =>
  text
    .split(/\s+/)
    .map(wordQuery)
    .filter((query) => query !== "")
    .join(" & ");

/**
 * What stands between two spaces may be several words, or one word to PostgreSQL with all of its points and lines, as
 * `api.example.com`, `/v1/chat` and `29.5` are.
 */
function wordQuery(text: string): string {
  const words = text.match(/[\p{L}\p{N}]+/gu) ?? [];
  const each = words.map(beginning).join(" & ");
  return words.length === 0 || words[0] === text ? each : `(${each} | ${beginning(text)})`;
}

const beginning = (text: string): string => `'${text.replace(/['\\]/g, "$&$&")}':*`;
