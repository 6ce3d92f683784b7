import type { FastifyInstance } from "fastify";
import type { ExecutionResult, GraphQLFormattedError } from "graphql";
import { createHandler } from "graphql-sse/lib/use/fastify";
import { authorize } from "../../auth/policy.js";
import { createHttpContext, type Gate } from "../../edge/context.js";
import { holdSlot, sendEventStream, untilDrained } from "../../edge/http/event-stream.js";
import { formatErrors, formatResult } from "./error-formatter.js";
import type { OperationRequest, Operations } from "./operations.js";
import { subscribe } from "./subscribe.js";

interface SseDeps {
  readonly gate: Gate;
  readonly operations: Operations;
}

/**
 * POST /graphql/stream takes one operation and answers its results as server-sent events, in the "distinct connections"
 * mode of graphql-sse. It is for clients behind proxies that break sockets.
 */
export async function graphqlSse(server: FastifyInstance, { gate, operations }: SseDeps): Promise<void> {
  server.post("/graphql/stream", async (request, reply) => {
    const context = await createHttpContext(gate, request, reply);
    authorize(context.viewer, "viewer.read");
    holdSlot(context.services.openStreams, context);
    const prepared = operations.prepare((request.body ?? {}) as OperationRequest, context);
    if (!("schema" in prepared)) return sendEventStream(reply, refusal(formatErrors(prepared, context)));
    const handle = createHandler({
      // Without a token, every operation has its own connection.
      authenticate: () => undefined,
      onSubscribe: () => prepared as never,
      validate: () => [],
      subscribe: subscribe as never,
      onNext: async (_context, _request, result) => {
        await untilDrained(reply.raw);
        return formatResult(result as ExecutionResult, context) as never;
      },
    });
    request.headers.accept = "text/event-stream";
    reply.hijack();
    await handle(request, reply).catch((error) => {
      context.log.warn({ error: String(error) }, "An event stream broke.");
      reply.raw.destroy();
    });
  });
}

/** Yields the errors that refuse an operation, as the only result of its stream. */
async function* refusal(errors: readonly GraphQLFormattedError[]): AsyncGenerator<string> {
  yield `event: next\ndata: ${JSON.stringify({ errors })}\n\n`;
  yield "event: complete\ndata:\n\n";
}
