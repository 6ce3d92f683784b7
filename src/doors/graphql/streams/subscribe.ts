import {
  createSourceEventStream,
  type ExecutionArgs,
  type ExecutionResult,
  execute,
  getOperationAST,
  Kind,
  locatedError,
} from "graphql";
import type { Leavable } from "../../../lib/async/abortable.js";
import { withCost } from "../asked-cost.js";
import { eventOperation } from "./event-operation.js";

/**
 * Subscribes to the events of an operation. Each event is executed in its own context, so that nothing loaded for one
 * is shown with the next. If the events end with an error, a last result has that error, as a plain answer would.
 * Leaving the results leaves the events too. The first result has the cost of the operation, if its client asked for it.
 */
export async function subscribe(args: ExecutionArgs): Promise<Leavable<ExecutionResult> | ExecutionResult> {
  const events = await createSourceEventStream(args);
  return Symbol.asyncIterator in events ? resultsOf(args, events as Leavable<unknown>) : events;
}

function resultsOf(args: ExecutionArgs, events: Leavable<unknown>): Leavable<ExecutionResult> {
  const eventArgs = eventOperation(args);
  let hasFailed = false;
  let isFirst = true;
  const end = { done: true, value: undefined } as const;
  const results: Leavable<ExecutionResult> = {
    next: async () => {
      if (hasFailed) return end;
      try {
        const { done, value: rootValue } = await events.next();
        if (done) return end;
        const contextValue = { ...(args.contextValue as object) };
        const result = await execute({ ...eventArgs, rootValue, contextValue });
        if (!isFirst) return { value: result };
        isFirst = false;
        return { value: withCost(result, args) };
      } catch (error) {
        hasFailed = true;
        return { value: { errors: [locatedError(error, undefined, [rootField(args)])] } };
      }
    },
    return: async () => {
      await events.return();
      return end;
    },
    throw: async () => {
      await events.return();
      return end;
    },
    [Symbol.asyncIterator]: () => results,
  };
  return results;
}

/** Returns the name under which the client asked for the subscription's only field. */
function rootField({ document, operationName }: ExecutionArgs): string {
  const field = getOperationAST(document, operationName)?.selectionSet.selections[0];
  return field?.kind === Kind.FIELD ? (field.alias ?? field.name).value : "";
}
