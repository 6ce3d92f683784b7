import type { ExecutionArgs, ExecutionResult } from "graphql";
import { isObject } from "../../lib/json/unknown-json.js";
import type { Cost } from "./limits/document-limits.js";

/** `GraphQL-Cost: 1` asks for the cost of a request over HTTP, for clients that cannot add to its body. */
export const COST_HEADER = "graphql-cost";

/** Whether the answer is to tell the cost. Every transport has `extensions: { cost: true }` for it beside the query. */
export const asksForCost = (extensions: unknown, header?: unknown): boolean =>
  (isObject(extensions) && extensions.cost === true) || header === "1" || header === "true";

/** What an operation of a stream is executed with, and its cost if its client asked for it. */
export interface PreparedOperation extends ExecutionArgs {
  readonly askedCost: Cost | undefined;
}

/** Returns a result with the cost of its operation, if its client asked for that. */
export function withCost(result: ExecutionResult, args: ExecutionArgs): ExecutionResult {
  const { askedCost } = args as PreparedOperation;
  return askedCost ? { ...result, extensions: { ...result.extensions, cost: askedCost } } : result;
}
