import type { AddressInfo } from "node:net";
import cors from "@fastify/cors";
import helmet from "@fastify/helmet";
import Fastify, { type FastifyBaseLogger, type FastifyInstance, type FastifyReply, type FastifyRequest } from "fastify";
import type { App } from "./app.js";
import type { Config } from "./config/config.js";
import { graphqlDoor } from "./doors/graphql/graphql.routes.js";
import type { GraphqlSockets } from "./doors/graphql/ws.js";
import { openAiDoor } from "./doors/openai/openai.routes.js";
import { sendOpenAiError } from "./doors/openai/openai-error.js";
import { restDoor } from "./doors/rest/rest.routes.js";
import { sendRestError } from "./doors/rest/rest-error.js";
import { answerOptions, crossOriginOf } from "./edge/http/cross-origin.js";
import { RETRY_AFTER_S, sendHttpError } from "./edge/http/http-error.js";
import { inflateBody } from "./edge/http/inflate-body.js";
import { loopbackOnly } from "./edge/http/loopback-only.js";
import { notFound } from "./lib/errors.js";
import { newId } from "./lib/ids.js";
import { StartError } from "./lib/start-error.js";
import { systemCode } from "./lib/system-code.js";
import { Background } from "./ops/background.js";
import { health } from "./ops/health.js";
import { stop } from "./stop.js";

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
 * Serves an app on its configured address, with one HTTP server for all doors. If it cannot listen, it closes the app
 * and throws StartError.
 */
export async function startServer(app: App): Promise<Server> {
  const http = await buildServer(app);
  const background = new Background(app.tasks, app);
  try {
    await http.fastify.listen({ host: app.config.host, port: app.config.port });
  } catch (error) {
    await stop({ app, http });
    throw listenError(app.config, error);
  }
  background.start();
  const { port } = http.fastify.server.address() as AddressInfo;
  const host = app.config.host.includes(":") ? `[${app.config.host}]` : app.config.host;
  return { url: `http://${host}:${port}`, background, close: () => stop({ app, http, background }) };
}

async function buildServer(app: App): Promise<{ fastify: FastifyInstance; sockets: GraphqlSockets }> {
  const loggerInstance: FastifyBaseLogger = app.log.child({ part: "http" }, { level: "warn" });
  const fastify = Fastify({
    bodyLimit: BODY_BYTES_MAX,
    requestTimeout: REQUEST_TIMEOUT_MS,
    genReqId: newId,
    requestIdHeader: false,
    loggerInstance,
    forceCloseConnections: "idle",
    // Fastify's own answer would not have the shape of the gateway's errors.
    return503OnClosing: false,
    // Clients put a base address and a path together with one slash too many, or with one at the end.
    routerOptions: { maxParamLength: PARAM_LENGTH_MAX, ignoreTrailingSlash: true, ignoreDuplicateSlashes: true },
    frameworkErrors: (error, request, reply) => void sendOutsideRoutes(error, request, reply),
  });
  fastify.server.maxConnections = CONNECTIONS_MAX;
  fastify.addHook("onRequest", async (request, reply) => void reply.header("x-request-id", request.id));
  // While the server stops, an answer closes its connection. A kept-alive one would hold up the stop until its client
  // leaves.
  fastify.addHook("onSend", async (_request, reply) => {
    if (!app.intake.isOpen) reply.header("connection", "close");
    if (reply.statusCode === 503 && !reply.hasHeader("retry-after")) reply.header("retry-after", RETRY_AFTER_S);
  });
  // This comes before the plugins, because the routes of a plugin keep the error handler that was set before it.
  fastify.setErrorHandler(sendHttpError);
  await fastify.register(helmet, {
    contentSecurityPolicy: { useDefaults: false, directives: { defaultSrc: ["'none'"], frameAncestors: ["'none'"] } },
    strictTransportSecurity: false,
  });
  if (app.config.adminKeyIsDefault) fastify.addHook("onRequest", loopbackOnly);
  const { corsOrigins } = app.config;
  await fastify.register(cors, () => async (request: FastifyRequest) => crossOriginOf(request, corsOrigins));
  // This comes after CORS, so that pages can read the refusal. The health probes are answered until the end.
  fastify.addHook("onRequest", async ({ url }) => {
    if (!url.startsWith("/health/")) app.intake.requireOpen();
  });
  fastify.addHook("onRequest", (request, reply) => answerOptions(request, reply, corsOrigins));
  fastify.addHook("preParsing", inflateBody);
  fastify.setNotFoundHandler((request, reply) => sendHttpError(notFound("page", request.url), request, reply));
  await fastify.register(health, { app });
  const sockets = await graphqlDoor(fastify, app);
  await fastify.register(restDoor, app);
  await fastify.register(openAiDoor, app);
  return { fastify, sockets };
}

/** Answers a request whose path the router cannot read. It has no route, but its path may begin with that of a door. */
function sendOutsideRoutes(error: Error, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  if (request.url.startsWith("/api/")) return sendRestError(error, request, reply);
  return request.url.startsWith("/v1/") ? sendOpenAiError(error, request, reply) : sendHttpError(error, request, reply);
}

function listenError({ host, port }: Config, error: unknown): StartError {
  if (systemCode(error) === "EADDRINUSE")
    return new StartError(`PORT ${port} of HOST ${host} is in use by another process.`);
  return new StartError(
    `The gateway cannot listen on HOST ${host}, PORT ${port}: ${systemCode(error) ?? String(error)}.`,
  );
}
