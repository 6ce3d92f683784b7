import Fastify, { type FastifyInstance } from "fastify";
import { authorize } from "../../auth/policy.js";
import type { Gate } from "../../edge/context.js";
import { makeContext } from "../../edge/http/provide-context.js";
import type { Metrics } from "./metrics.js";

const REQUEST_TIMEOUT_MS = 5_000;
const CONNECTIONS_MAX = 100;

interface Served {
  readonly gate: Gate;
  readonly metrics: Metrics;
}

/** GET /metrics, for the admin. */
export async function metricsRoute(server: FastifyInstance, { gate, metrics }: Served): Promise<void> {
  makeContext(server, gate, { takesSession: () => false, admit: ({ viewer }) => authorize(viewer, "metrics.read") });
  serve(server, metrics);
}

/** A server of GET /metrics and nothing else, without a key, for a Prometheus inside the operator's network. */
export function metricsServer(metrics: Metrics): FastifyInstance {
  const server = Fastify({ requestTimeout: REQUEST_TIMEOUT_MS, forceCloseConnections: true });
  server.server.maxConnections = CONNECTIONS_MAX;
  serve(server, metrics);
  return server;
}

function serve(server: FastifyInstance, metrics: Metrics): void {
  server.get("/metrics", async (_request, reply) => reply.type(metrics.contentType).send(await metrics.text()));
}
