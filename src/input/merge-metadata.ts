import type { JsonObject } from "../lib/json/json.js";
import { isMetadata, METADATA_BYTES_MAX } from "./rules.js";
import { invalid } from "./validate.js";

/**
 * What is kept, with the given names set. Throws INVALID_INPUT, naming the field, if the whole would be too large. `whose`
 * is how the error names it, such as "the job's".
 */
export function mergeMetadata(kept: unknown, given: JsonObject, { field, whose }: Record<"field" | "whose", string>) {
  const merged: JsonObject = { ...(kept as JsonObject), ...given };
  if (isMetadata(merged)) return merged;
  const size = `${Buffer.byteLength(JSON.stringify(merged))} bytes`;
  throw invalid(field, `must keep ${whose} metadata within ${METADATA_BYTES_MAX} bytes`, size);
}

/** The same where null empties it, and undefined keeps it as it is: then there is nothing to write, which is null. */
export function changedMetadata(
  kept: unknown,
  given: JsonObject | null | undefined,
  names: Record<"field" | "whose", string>,
): JsonObject | null {
  if (given === undefined) return null;
  return given === null ? {} : mergeMetadata(kept, given, names);
}
