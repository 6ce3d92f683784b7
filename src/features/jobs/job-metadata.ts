import type { Job } from "../../generated/prisma/client.js";
import { mergeMetadata } from "../../input/merge-metadata.js";
import type { JsonObject } from "../../lib/json/json.js";

/** The job's metadata with the given names set. Throws INVALID_INPUT, naming the field, if the whole would be too large. */
export const mergedMetadata = (job: Job, metadata: JsonObject, field: string): JsonObject =>
  mergeMetadata(job.metadata, metadata, { field, whose: "the job's" });
