import type { FastifyRequest } from "fastify";
import { contextOf } from "../../edge/http/provide-context.js";
import { invalid } from "../../input/validate.js";
import { isUuid } from "../../lib/ids.js";
import { isObject } from "../../lib/json/unknown-json.js";

/**
 * Returns the id of the job that a call is made in, or null if it opens one for itself. `X-Job-Id` names a job; so does
 * `job` in the request's metadata, if it is a UUID, for clients that cannot set headers. `X-Job-Key` is a name of the
 * client's own: its first use opens a job.
 */
export async function jobIdOf(request: FastifyRequest, metadata?: unknown): Promise<string | null> {
  const { "x-job-id": id, "x-job-key": key } = request.headers;
  if (id !== undefined && key !== undefined) throw invalid("X-Job-Key", "must not be given beside X-Job-Id", key);
  if (id !== undefined) return String(id);
  const { services, viewer } = contextOf(request);
  if (key !== undefined) return (await services.keyedJobs.open(viewer, String(key))).id;
  const named = isObject(metadata) ? metadata.job : undefined;
  return typeof named === "string" && isUuid(named) ? named : null;
}
