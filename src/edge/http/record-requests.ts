import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { newId } from "../../lib/ids.js";
import type { Events } from "../../lib/observe/events.js";
import type { Door } from "../../lib/observe/facts.js";
import { RequestRecord } from "../request-record.js";
import { closeWithConnection } from "./close-waiting.js";

/** By the raw request, because a request that the router cannot read has no decorators. */
const records = new WeakMap<FastifyRequest["raw"], RequestRecord>();
/** What nginx too says of a request whose client went away before there was an answer. Nobody gets this status. */
const CLIENT_GONE = 499;
/** What a client may give as the id of its request, so that it can go into logs and headers as it is. */
const WELL_FORMED = /^[\w.:/+=@~-]{1,128}$/;

/** Returns the id that the client or a proxy gave the request in `x-request-id`, or a new one. */
export function requestIdOf({ headers }: Pick<FastifyRequest["raw"], "headers">): string {
  const given = headers["x-request-id"];
  return typeof given === "string" && WELL_FORMED.test(given) ? given : newId();
}

/** Records each request, and tells of it when its reply has closed. */
export function recordRequests(server: FastifyInstance, events: Events): void {
  server.addHook("onRequest", (request, reply, done) => beginRecord(request, reply, events).within(done));
}

/** Begins the record of a request, and tells its id. A request that the router cannot read never gets to the hook. */
export function beginRecord(request: FastifyRequest, reply: FastifyReply, events: Events): RequestRecord {
  const { method, routeOptions, headers } = request;
  const record = new RequestRecord(request.id, doorOf(request), `${method} ${routeOptions.url ?? "unknown"}`, headers);
  records.set(request.raw, record);
  reply.header("x-request-id", request.id);
  if (record.traceId) reply.header("x-trace-id", record.traceId);
  const { raw } = reply;
  closeWithConnection(request, reply);
  raw.once("close", () => {
    const params = (request.params ?? {}) as Record<string, string | undefined>;
    record.jobId ??= params.job_id ?? null;
    record.callId ??= params.call_id ?? null;
    const status = raw.headersSent ? raw.statusCode : CLIENT_GONE;
    record.end(events, { status, isAborted: !raw.writableFinished });
  });
  return record;
}

/** Returns the record of a request, which has begun. */
export function recordOf({ raw }: FastifyRequest): RequestRecord {
  const record = records.get(raw);
  if (!record) throw new Error("The record of the request has not begun.");
  return record;
}

function doorOf({ url, routeOptions }: FastifyRequest): Door {
  const path = routeOptions.url ?? url;
  if (path.startsWith("/api/")) return "rest";
  if (path.startsWith("/v1/messages")) return "anthropic";
  if (path.startsWith("/v1/")) return "openai";
  if (path === "/mcp") return "mcp";
  if (routeOptions.url === "/graphql") return "graphql";
  return routeOptions.url === "/graphql/stream" ? "graphql-sse" : "other";
}
