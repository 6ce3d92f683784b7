import { metrics, trace } from "@opentelemetry/api";
import { W3CTraceContextPropagator } from "@opentelemetry/core";
import { OTLPMetricExporter } from "@opentelemetry/exporter-metrics-otlp-proto";
import { OTLPTraceExporter } from "@opentelemetry/exporter-trace-otlp-proto";
import { detectResources, envDetector, hostDetector, resourceFromAttributes } from "@opentelemetry/resources";
import { MeterProvider, PeriodicExportingMetricReader } from "@opentelemetry/sdk-metrics";
import { BatchSpanProcessor, NodeTracerProvider } from "@opentelemetry/sdk-trace-node";
import type { Env } from "../config/env.js";
import { setTracer } from "../lib/observe/tracing.js";
import { VERSION } from "../lib/observe/version.js";
import { GenAiMetrics } from "./gen-ai-metrics.js";
import { OtelTracer } from "./otel-tracer.js";

const SCOPE = "tollgate";
/** OpenTelemetry's own figure. */
const BATCH_SIZE = 512;
/** The longest that the end of the process waits for the last spans and metrics to be taken. */
const FLUSH_TIMEOUT_MS = 3_000;

/**
 * Sends traces and metrics by OTLP over HTTP. OpenTelemetry reads its own variables, OTEL_..., from the environment: where
 * to send them, with which headers, how many spans to keep, and what the service is called.
 */
export function startTelemetry(env: Env): void {
  const ours = resourceFromAttributes({ "service.name": "tollgate", "service.version": VERSION });
  const resource = ours.merge(detectResources({ detectors: [envDetector, hostDetector] }));
  // OpenTelemetry would never be done with sending batches of no span.
  const batches =
    Number(env.OTEL_BSP_MAX_EXPORT_BATCH_SIZE ?? BATCH_SIZE) < 1 ? { maxExportBatchSize: BATCH_SIZE } : {};
  const spanProcessors =
    env.OTEL_TRACES_EXPORTER === "none" ? [] : [new BatchSpanProcessor(new OTLPTraceExporter(), batches)];
  const tracing = new NodeTracerProvider({ resource, spanProcessors });
  // Baggage of clients is not passed on to the upstream.
  tracing.register({ propagator: new W3CTraceContextPropagator() });
  const readers =
    env.OTEL_METRICS_EXPORTER === "none"
      ? []
      : [new PeriodicExportingMetricReader({ exporter: new OTLPMetricExporter() })];
  const metering = new MeterProvider({ resource, readers });
  metrics.setGlobalMeterProvider(metering);

  const genAi = new GenAiMetrics(metrics.getMeter(SCOPE, VERSION));
  const flush = async () => {
    const sent = Promise.allSettled([tracing.forceFlush(), metering.forceFlush()]);
    const tooLate = new Promise((resolve) => setTimeout(resolve, FLUSH_TIMEOUT_MS).unref());
    await Promise.race([sent, tooLate]);
  };
  setTracer(new OtelTracer(trace.getTracer(SCOPE, VERSION), (events) => genAi.watch(events), flush));
}
