import type { AddressInfo } from "node:net";
import cors from "@fastify/cors";
import helmet from "@fastify/helmet";
import Fastify, {
  type FastifyBaseLogger,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
  LogController,
} from "fastify";
import type { App } from "./app.js";
import { sendAnthropicError } from "./doors/anthropic/anthropic-error.js";
import { consoleDoor } from "./doors/console/console.routes.js";
import { frontDoor } from "./doors/front/front.routes.js";
import { graphqlDoor } from "./doors/graphql/graphql.routes.js";
import { mcpDoor } from "./doors/mcp/mcp.routes.js";
import { sendOpenAiError } from "./doors/openai/openai-error.js";
import { restDoor } from "./doors/rest/rest.routes.js";
import { sendRestError } from "./doors/rest/rest-error.js";
import { sessionDoor } from "./doors/sessions/sessions.routes.js";
import { v1Doors } from "./doors/v1.routes.js";
import { inflateBody } from "./edge/http/bodies/inflate-body.js";
import { answerOptions, crossOriginOf } from "./edge/http/cross-origin.js";
import { RETRY_AFTER_S, sendHttpError } from "./edge/http/http-error.js";
import { closeConnections, letRequestsIn } from "./edge/http/let-in.js";
import { loopbackOnly } from "./edge/http/loopback-only.js";
import { cutOffSlowReaders } from "./edge/http/readers/unread-answers.js";
import { beginRecord, recordRequests, requestIdOf } from "./edge/http/record-requests.js";
import { notFound } from "./lib/errors.js";
import { watchByTracer } from "./lib/observe/tracing.js";
import { StartError } from "./lib/start-error.js";
import { systemCode } from "./lib/system-code.js";
import { Background } from "./ops/background.js";
import { health } from "./ops/health.js";
import { Metrics } from "./ops/metrics/metrics.js";
import { metricsRoute, metricsServer } from "./ops/metrics/metrics.routes.js";
import { stateReader } from "./ops/read-state.js";
import { logWork } from "./ops/work-log.js";
import { type Http, stop } from "./stop.js";

/** A body may contain images as base64 in its messages. */
const BODY_BYTES_MAX = 8 * 1024 * 1024;
/** The time in which a request must have arrived. Its answer may take as long as its call. */
const REQUEST_TIMEOUT_MS = 60_000;
const CONNECTIONS_MAX = 10_000;
/** The length of an id in a path: 100 characters, each of which may be escaped as three. */
const PARAM_LENGTH_MAX = 300;

export interface Server {
  /** Such as http://127.0.0.1:8003. */
  readonly url: string;
  readonly background: Background;
  /** Refuses new work, lets running calls end within the grace, stops listening, and closes the app. */
  close(): Promise<void>;
}

/**
 * Serves an app on its configured address, with one HTTP server for all doors. If it cannot listen, or its trusted
 * documents cannot be used, it closes the app and throws StartError.
 */
export async function startServer(app: App): Promise<Server> {
  logWork(app.events, app.log);
  watchByTracer(app.events);
  const { host: listensOn, port: wanted, metricsPort } = app.config;
  const http = await buildServer(app).catch(async (error: unknown) => {
    await stop({ app });
    throw error;
  });
  const background = new Background(app.tasks, app);
  try {
    await listen(http.fastify, { host: listensOn, port: wanted, setting: "PORT" });
    if (metricsPort !== null)
      await listen(http.metrics, { host: listensOn, port: metricsPort, setting: "METRICS_PORT" });
  } catch (error) {
    await stop({ app, http });
    throw error;
  }
  background.start();
  const { port } = http.fastify.server.address() as AddressInfo;
  const host = listensOn.includes(":") ? `[${listensOn}]` : listensOn;
  return { url: `http://${host}:${port}`, background, close: () => stop({ app, http, background }) };
}

/** Throws StartError if the address cannot be listened on. */
async function listen(server: FastifyInstance, { host, port, setting }: Address): Promise<void> {
  try {
    await server.listen({ host, port });
  } catch (error) {
    const code = systemCode(error);
    if (code === "EADDRINUSE") throw new StartError(`${setting} ${port} of HOST ${host} is in use by another process.`);
    throw new StartError(`The gateway cannot listen on HOST ${host}, ${setting} ${port}: ${code ?? String(error)}.`);
  }
}

interface Address {
  readonly host: string;
  readonly port: number;
  /** The variable that the port comes from. */
  readonly setting: string;
}

async function buildServer(app: App): Promise<Http> {
  const loggerInstance: FastifyBaseLogger = app.log.child({ part: "http" });
  const fastify = Fastify({
    bodyLimit: BODY_BYTES_MAX,
    requestTimeout: REQUEST_TIMEOUT_MS,
    genReqId: requestIdOf,
    requestIdHeader: false,
    loggerInstance,
    // Fastify's own lines have the address of the request, and that may have anything in it.
    logController: new LogController({ disableRequestLogging: true }),
    forceCloseConnections: "idle",
    // Fastify's own answer would not have the shape of the gateway's errors.
    return503OnClosing: false,
    // Clients put a base address and a path together with one slash too many, or with one at the end.
    routerOptions: { maxParamLength: PARAM_LENGTH_MAX, ignoreTrailingSlash: true, ignoreDuplicateSlashes: true },
    frameworkErrors: (error, request, reply) => {
      beginRecord(request, reply, app.events);
      sendOutsideRoutes(error, request, reply);
    },
  });
  fastify.server.maxConnections = CONNECTIONS_MAX;
  recordRequests(fastify, app.events);
  closeConnections(fastify, app.intake);
  fastify.addHook("onSend", (_request, reply, _payload, done) => {
    if (reply.statusCode === 503 && !reply.hasHeader("retry-after")) reply.header("retry-after", RETRY_AFTER_S);
    done();
  });
  cutOffSlowReaders(fastify);
  // This comes before the plugins, because the routes of a plugin keep the error handler that was set before it.
  fastify.setErrorHandler(sendHttpError);
  await fastify.register(helmet, {
    contentSecurityPolicy: { useDefaults: false, directives: { defaultSrc: ["'none'"], frameAncestors: ["'none'"] } },
    strictTransportSecurity: false,
  });
  if (app.config.adminKeyIsDefault) fastify.addHook("onRequest", loopbackOnly);
  const { corsOrigins } = app.config;
  await fastify.register(cors, () => async (request: FastifyRequest) => crossOriginOf(request, corsOrigins));
  // This comes after CORS, so that pages can read the refusal.
  letRequestsIn(fastify, app.intake);
  fastify.addHook("onRequest", (request, reply) => answerOptions(request, reply, corsOrigins));
  fastify.addHook("preParsing", inflateBody);
  fastify.setNotFoundHandler((request, reply) => sendHttpError(notFound("page", request.url), request, reply));
  const sockets = await graphqlDoor(fastify, app);
  const metrics = new Metrics(
    app.events,
    stateReader(app, () => sockets.count),
  );
  await fastify.register(health, { app });
  await fastify.register(metricsRoute, { gate: app.gate, metrics });
  await fastify.register(restDoor, app);
  await fastify.register(v1Doors, app);
  await fastify.register(mcpDoor, app);
  await fastify.register(sessionDoor, app);
  await fastify.register(consoleDoor);
  await fastify.register(frontDoor, app);
  return { fastify, sockets, metrics: metricsServer(metrics) };
}

/** Answers a request whose path the router cannot read. It has no route, but its path may begin with that of a door. */
function sendOutsideRoutes(error: Error, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  if (request.url.startsWith("/api/")) return sendRestError(error, request, reply);
  if (request.url.startsWith("/v1/messages")) return sendAnthropicError(error, request, reply);
  return request.url.startsWith("/v1/") ? sendOpenAiError(error, request, reply) : sendHttpError(error, request, reply);
}
