import type { FastifyRequest } from "fastify";
import type { CallPlaceInput } from "../../features/calls/question/call-place.input.js";
import { invalid } from "../../input/validate.js";
import { isUuid } from "../../lib/ids.js";
import { isObject } from "../../lib/json/unknown-json.js";

/**
 * Returns which job a call is made in. Without a job it opens one for itself. `X-Job-Id` names a job; so does `job` in the
 * request's metadata, if it is a UUID, for clients that cannot set headers. `X-Job-Key` is a name of the client's own: the
 * first call that is let in with it opens a job.
 */
export function placeOf(request: FastifyRequest, metadata?: unknown): Pick<CallPlaceInput, "jobId" | "jobKey"> {
  const { "x-job-id": id, "x-job-key": key } = request.headers;
  if (id !== undefined && key !== undefined) throw invalid("X-Job-Key", "must not be given beside X-Job-Id", key);
  if (id !== undefined) return { jobId: String(id) };
  if (key !== undefined) return { jobKey: String(key) };
  const named = isObject(metadata) ? metadata.job : undefined;
  return typeof named === "string" && isUuid(named) ? { jobId: named } : {};
}
