import { Counter, Histogram, type Registry } from "prom-client";
import type { Events } from "../../lib/observe/events.js";
import { SECONDS_OF_DELIVERIES, SECONDS_OF_REQUESTS, seconds } from "./units.js";

/** Counts what is posted to webhooks. */
export function watchWebhooks(events: Events, registry: Registry): void {
  const registers = [registry];
  const tries = new Counter({
    name: "tollgate_webhook_deliveries_total",
    help: "Requests to webhooks by what came of them: delivered, failed and to be tried again, or failed and given up.",
    labelNames: ["event", "outcome"],
    registers,
  });
  const duration = new Histogram({
    name: "tollgate_webhook_request_duration_seconds",
    help: "How long webhooks took to answer, or failed to.",
    labelNames: ["outcome"],
    buckets: SECONDS_OF_REQUESTS,
    registers,
  });
  const latency = new Histogram({
    name: "tollgate_webhook_delivery_seconds",
    help: "How long after it happened an event arrived at a webhook, with all its tries.",
    buckets: SECONDS_OF_DELIVERIES,
    registers,
  });
  events.on("delivery", ({ type: event, outcome, ms, sinceEventMs }) => {
    tries.inc({ event, outcome });
    duration.observe({ outcome }, seconds(ms));
    if (outcome === "delivered") latency.observe(seconds(sinceEventMs));
  });
}
