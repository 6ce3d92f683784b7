import type { Job } from "../../generated/prisma/client.js";
import { isMetadata, METADATA_BYTES_MAX } from "../../input/rules.js";
import { invalid } from "../../input/validate.js";
import type { JsonObject } from "../../lib/json/json.js";

/** The job's metadata with the given names set. Throws INVALID_INPUT, naming the field, if the whole would be too large. */
export function mergedMetadata(job: Job, metadata: JsonObject, field: string): JsonObject {
  const merged = { ...(job.metadata as JsonObject), ...metadata };
  if (isMetadata(merged)) return merged;
  const size = `${JSON.stringify(merged).length} bytes`;
  throw invalid(field, `must keep the job's metadata within ${METADATA_BYTES_MAX} bytes`, size);
}
