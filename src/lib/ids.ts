import { randomUUID } from "node:crypto";

/** Makes a new UUID v4. Everything has such an id, unless the admin chooses the id. */
export const newId = (): string => randomUUID();

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/**
 * Whether a text is a UUID. Check this before an id goes into SQL, so that a malformed id is "not found" instead of a
 * database error.
 */
export const isUuid = (text: string): boolean => UUID.test(text);

export const ID_LENGTH_MAX = 100;
/** The form of an id that the admin chooses, for descriptions. */
export const ID_TEXT = `1 to ${ID_LENGTH_MAX} letters, digits or . _ : @ -`;
export const ID_RULE = `must be ${ID_TEXT} and begin with a letter or digit`;

const ID = /^[A-Za-z0-9][A-Za-z0-9._:@-]*$/;

/**
 * Whether a value can be an id that the admin chooses. Check this before an id goes into SQL: a value that cannot be an id
 * cannot be found.
 */
export function isId(value: unknown): value is string {
  return typeof value === "string" && value.length <= ID_LENGTH_MAX && ID.test(value);
}
