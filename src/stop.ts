import type { FastifyInstance } from "fastify";
import type { App } from "./app.js";
import type { GraphqlSockets } from "./doors/graphql/sockets/ws.js";
import { flushTraces } from "./lib/observe/tracing.js";
import type { Background } from "./ops/background.js";

/**
 * How long, in milliseconds, followers may take to get the ends of their calls, HTTP clients to get their answers, and
 * webhooks to take what is posted to them.
 */
const LAST_WORDS_MS = 1_000;

/** What the process listens with. */
export interface Http {
  readonly fastify: FastifyInstance;
  readonly sockets: GraphqlSockets;
  /** Serves the metrics on their own port, if there is one. */
  readonly metrics: FastifyInstance;
}

/** What has been opened so far. A process that stops during its start has not opened everything. */
export interface Opened {
  readonly app: App;
  readonly http?: Http;
  readonly background?: Background;
}

/** Ends the process's work in this order, and closes what was opened. */
export async function stop({ app, http, background }: Opened): Promise<void> {
  // What comes from now on gets 503 at every door.
  app.intake.close();
  // What was let in before, and the running calls, end within the grace. After it the calls are aborted and settled.
  await app.calls.drain(app.config.shutdownGraceMs);
  // The followers of these calls get the last events.
  await app.calls.follower.idle(LAST_WORDS_MS);
  // Sockets close before the other streams end. A client resumes what it lost with its socket, but not a stream that
  // ended with an error.
  await http?.sockets.close();
  app.accessWatch.close();
  if (http) await closeHttp(http.fastify);
  await background?.stop();
  // What has been posted to webhooks is noted. What has no answer is given back, for other processes.
  await app.webhooks.sender.stop(LAST_WORDS_MS);
  // The last figures can be read until here.
  await http?.metrics.close();
  app.calls.forgetLogs();
  await app.callLimits.close();
  // The other processes have the ends of all calls by now, or get them here.
  await app.redis.link.close();
  await app.upstreams.close();
  await app.database.close();
  await flushTraces();
}

/**
 * Closes the HTTP server. A client that never reads its answer would hold this up for ever, so its connection is cut.
 */
async function closeHttp(fastify: FastifyInstance): Promise<void> {
  const closed = fastify.close();
  const cut = setTimeout(() => fastify.server.closeAllConnections(), LAST_WORDS_MS);
  await closed;
  clearTimeout(cut);
}
