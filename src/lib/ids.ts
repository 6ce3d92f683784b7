import { randomUUID } from "node:crypto";

/** Makes a new UUID v4. Everything has such an id, unless the admin chooses the id. */
export const newId = (): string => randomUUID();

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/**
 * Whether a text is a UUID. Check this before an id goes into SQL, so that a malformed id is "not found" instead of a
 * database error.
 */
export const isUuid = (text: string): boolean => UUID.test(text);
