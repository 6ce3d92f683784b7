import { randomUUID } from "node:crypto";

/** A new UUID v4, the id of everything whose id no admin chooses. */
export const newId = (): string => randomUUID();

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** Asked before an id goes into SQL, so that a malformed one is "not found" instead of a database error. */
export const isUuid = (text: string): boolean => UUID.test(text);
