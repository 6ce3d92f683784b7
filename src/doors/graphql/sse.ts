import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import {
  type ExecutionArgs,
  execute,
  type FormattedExecutionResult,
  type GraphQLFormattedError,
  getOperationAST,
} from "graphql";
import { authorize } from "../../auth/policy.js";
import type { RequestContext } from "../../edge/context.js";
import { type Frame, holdSlot, sendEventStream } from "../../edge/http/event-stream.js";
import { leaveIntake } from "../../edge/http/let-in.js";
import { contextOf } from "../../edge/http/provide-context.js";
import { logFailure } from "../../edge/log-failure.js";
import { toDomainError } from "../../edge/public-error.js";
import { leaveOn } from "../../lib/async/abortable.js";
import { COST_HEADER, withCost } from "./asked-cost.js";
import { formatErrors, formatResult } from "./error-formatter.js";
import type { OperationRequest, Operations } from "./operations.js";
import { subscribe } from "./subscribe.js";

/**
 * POST /graphql/stream takes one operation and answers its results as server-sent events, in the "distinct connections"
 * mode of the graphql-sse protocol. It is for clients behind proxies that break sockets. The errors of an operation are
 * results too, as that protocol wants it, so they come with the status 200.
 */
export function graphqlSse(server: FastifyInstance, operations: Operations): void {
  // Before the body of a request is received.
  const onRequest = async (request: FastifyRequest) => authorize(contextOf(request).viewer, "viewer.read");
  server.post("/graphql/stream", { onRequest }, async (request, reply) => {
    const context = contextOf(request);
    holdSlot(context.services.openStreams, context);
    const costHeader = request.headers[COST_HEADER];
    const prepared = operations.prepare((request.body ?? {}) as OperationRequest, context, costHeader);
    const frames = "schema" in prepared ? framesOf(prepared, context, reply) : refused(formatErrors(prepared, context));
    const lastWords = (error: unknown): string => {
      logFailure(context.log, error, "An event stream failed.");
      const { message, code } = toDomainError(error);
      context.record.fail(code);
      return `${next({ errors: [{ message, extensions: { code } }] })}${COMPLETE}`;
    };
    await sendEventStream(reply, { frames, lastWords });
  });
}

/** The protocol wants a `data:` line, because browsers drop an event without one. */
const COMPLETE = "event: complete\ndata:\n\n";
const next = (result: FormattedExecutionResult): string => `event: next\ndata: ${JSON.stringify(result)}\n\n`;

async function* framesOf(args: ExecutionArgs, context: RequestContext, reply: FastifyReply): AsyncGenerator<Frame> {
  // A client may wait for the headers, and the first result of a subscription may take long.
  yield { text: ":\n", isVisible: true };
  for await (const result of await resultsOf(args, context, reply))
    yield { text: next(formatResult(result, context)), isVisible: true };
  yield { text: COMPLETE, isVisible: true };
}

async function* refused(errors: readonly GraphQLFormattedError[]): AsyncGenerator<Frame> {
  yield { text: next({ errors }) + COMPLETE, isVisible: true };
}

/** Carries an operation out. A subscription is left when its client goes away, and does not hold up a stop. */
async function resultsOf(args: ExecutionArgs, { signal, record }: RequestContext, reply: FastifyReply) {
  const operation = getOperationAST(args.document, args.operationName)?.operation;
  const results = await record.inOperation(() => (operation === "subscription" ? subscribe(args) : execute(args)));
  if (!(Symbol.asyncIterator in results)) return [operation === "subscription" ? results : withCost(results, args)];
  leaveOn(signal, () => results.return());
  leaveIntake(reply);
  return results;
}
