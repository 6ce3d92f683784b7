import type { Sql } from "../../../db/statement.js";
import type { JsonObject } from "../../../lib/json/json.js";
import { findJobs } from "../../jobs/job.sql.js";
import { eventsOfDeliveries } from "./delivery.sql.js";
import { bodyOf, jobIdOf } from "./event-body.js";

/** Returns what deliveries post, by their ids. */
export async function eventBodies(sql: Sql, ids: readonly string[]): Promise<{ id: string; body: JsonObject }[]> {
  const events = await sql.run(eventsOfDeliveries, { ids });
  const jobIds = events.map(jobIdOf).filter((id) => id !== null);
  const jobs = jobIds.length === 0 ? [] : await sql.run(findJobs, { ids: [...new Set(jobIds)] });
  const byId = new Map(jobs.map((job) => [job.id, job]));
  return events.map((event) => ({ id: event.id, body: bodyOf(event, byId.get(jobIdOf(event) ?? "")) }));
}
