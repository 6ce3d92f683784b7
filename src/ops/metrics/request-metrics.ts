import { Counter, Histogram, type Registry } from "prom-client";
import type { Events } from "../../lib/observe/events.js";
import { SECONDS_OF_REQUESTS, seconds } from "./units.js";

/** Counts and times requests, by door, operation and code. */
export function watchRequests(events: Events, registry: Registry): void {
  const registers = [registry];
  const requests = new Counter({
    name: "tollgate_requests_total",
    help: "Requests that are over. The operation is a route or a field of GraphQL; the code is OK, or that of the error.",
    labelNames: ["door", "operation", "code"],
    registers,
  });
  const duration = new Histogram({
    name: "tollgate_request_duration_seconds",
    help: "How long requests took. That of a stream includes all of its events.",
    labelNames: ["door", "operation"],
    buckets: SECONDS_OF_REQUESTS,
    registers,
  });
  const aborted = new Counter({
    name: "tollgate_requests_aborted_total",
    help: "Requests whose client went away before it had the whole answer.",
    labelNames: ["door"],
    registers,
  });
  events.on("request", ({ door, operation, status, errorCode, ms, isAborted }) => {
    requests.inc({ door, operation, code: errorCode ?? (status < 400 ? "OK" : `HTTP_${status}`) });
    duration.observe({ door, operation }, seconds(ms));
    if (isAborted) aborted.inc({ door });
  });
}
