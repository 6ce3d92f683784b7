import type { FastifyReply, FastifyRequest } from "fastify";
import {
  type ExecutionArgs,
  execute,
  type FormattedExecutionResult,
  type GraphQLFormattedError,
  getOperationAST,
} from "graphql";
import type { RequestContext } from "../../../edge/context.js";
import { type Frame, holdSlot, sendEventStream } from "../../../edge/http/event-stream.js";
import { leaveIntake } from "../../../edge/http/let-in.js";
import { contextOf } from "../../../edge/http/provide-context.js";
import { logFailure } from "../../../edge/log-failure.js";
import { toDomainError } from "../../../edge/public-error.js";
import { leaveOn } from "../../../lib/async/abortable.js";
import { type PreparedOperation, withCost } from "../asked-cost.js";
import { formatErrors, formatResult } from "../error-formatter.js";
import type { Prepared } from "../operations.js";
import type { ResultForm } from "./result-form.js";
import { subscribe } from "./subscribe.js";

/**
 * Sends the results of an operation as a stream, which takes a slot of its viewer. The errors that refuse an operation are
 * a result too.
 */
export async function sendResults(
  operation: Prepared,
  request: FastifyRequest,
  reply: FastifyReply,
  form: ResultForm,
): Promise<void> {
  const context = contextOf(request);
  holdSlot(context.services.openStreams, context);
  const results =
    "schema" in operation ? resultsOf(operation, context, reply) : refused(formatErrors(operation, context));
  const lastWords = (error: unknown): string => {
    logFailure(context.log, error, "An event stream failed.");
    const { message, code } = toDomainError(error);
    context.record.fail(code);
    return `${form.next({ errors: [{ message, extensions: { code } }] })}${form.complete}`;
  };
  await sendEventStream(reply, { frames: framesOf(results, form), lastWords, form });
}

async function* framesOf(results: AsyncIterable<FormattedExecutionResult>, form: ResultForm): AsyncGenerator<Frame> {
  // A client may wait for the headers, and the first result of a subscription may take long.
  yield { text: "", isVisible: true };
  for await (const result of results) yield { text: form.next(result), isVisible: true };
  yield { text: form.complete, isVisible: true };
}

async function* refused(errors: readonly GraphQLFormattedError[]): AsyncGenerator<FormattedExecutionResult> {
  yield { errors };
}

async function* resultsOf(
  args: PreparedOperation,
  context: RequestContext,
  reply: FastifyReply,
): AsyncGenerator<FormattedExecutionResult> {
  for await (const result of await carryOut(args, context, reply)) yield formatResult(result, context);
}

/** Carries an operation out. A subscription is left when its client goes away, and does not hold up a stop. */
async function carryOut(args: ExecutionArgs, { signal, record }: RequestContext, reply: FastifyReply) {
  const operation = getOperationAST(args.document, args.operationName)?.operation;
  const results = await record.inOperation(() => (operation === "subscription" ? subscribe(args) : execute(args)));
  if (!(Symbol.asyncIterator in results)) return [operation === "subscription" ? results : withCost(results, args)];
  leaveOn(signal, () => results.return());
  leaveIntake(reply);
  return results;
}
