import type { FastifyRequest } from "fastify";
import {
  type FieldNode,
  type GraphQLObjectType,
  getArgumentValues,
  getNamedType,
  getOperationAST,
  Kind,
  TypeInfo,
  visit,
  visitWithTypeInfo,
} from "graphql";
import type { Viewer } from "../../../auth/viewer.js";
import { ANONYMOUS } from "../../../auth/viewer.js";
import type { Gate } from "../../../edge/context.js";
import { contextOf } from "../../../edge/http/provide-context.js";
import { leaveOn } from "../../../lib/async/abortable.js";
import { DomainError } from "../../../lib/errors.js";
import type { PreparedOperation } from "../asked-cost.js";
import { parametersOf } from "../operation-request.js";

/** The calls that requests may follow by their tokens. */
const callsOfTokens = new WeakMap<FastifyRequest, string>();

/** The path that takes a token, because browsers' EventSource has no headers. */
export const STREAM_PATH = "/graphql/stream";

/** Returns the viewer whose right a request's token carries. Undefined if it has no token, or is not for a stream. */
export async function viewerOfToken({ services }: Gate, request: FastifyRequest): Promise<Viewer | undefined> {
  if (request.method !== "GET" || request.routeOptions.url !== STREAM_PATH) return undefined;
  const token = parametersOf(request).get("token");
  if (token === null) return undefined;
  const opened = await services.streamTokens.open(token, request.id);
  if (!opened) return ANONYMOUS;
  callsOfTokens.set(request, opened.callId);
  return opened.viewer;
}

/** What can be read with a token. Costs, jobs and whatever is behind them are the key's alone. */
const READABLE: Readonly<Record<string, ReadonlySet<string> | "all">> = {
  Subscription: new Set(["llmCallEvents"]),
  LlmCallEvent: "all",
  LlmCallStarted: "all",
  LlmCallSnapshot: "all",
  LlmCallDelta: "all",
  LlmCallReasoningDelta: "all",
  LlmToolCallDelta: "all",
  LlmCallModelSwitched: "all",
  LlmCallFinished: "all",
  ToolCall: "all",
  Usage: "all",
  LlmCallError: "all",
  LlmCall: new Set([
    ...["id", "status", "content", "reasoning", "toolCalls", "finishReason", "error", "usage", "model", "modelGroup"],
    ...["createdAt", "finishedAt", "latencyMs", "timeToFirstTokenMs"],
  ]),
};

/**
 * Throws FORBIDDEN if a request with a token asks for more than the events of its call, and RATE_LIMITED if too many follow that
 * call with tokens already. Otherwise it counts as one of them until it is over.
 */
export function holdToToken(request: FastifyRequest, operation: PreparedOperation): void {
  const callId = callsOfTokens.get(request);
  if (callId === undefined) return;
  const types = new TypeInfo(operation.schema);
  const enterField = (field: FieldNode): void => {
    const parent = getNamedType(types.getParentType())?.name ?? "";
    const readable = READABLE[parent];
    if (field.name.value === "__typename" || readable === "all" || readable?.has(field.name.value)) return;
    throw new DomainError("FORBIDDEN", `A stream token does not show ${parent}.${field.name.value}.`);
  };
  visit(operation.document, visitWithTypeInfo(types, { Field: enterField }));
  if (String(askedCallOf(operation)).toLowerCase() !== callId)
    throw new DomainError("FORBIDDEN", "The stream token is for another call.");
  const { services, signal } = contextOf(request);
  leaveOn(signal, services.tokenStreams.take(callId));
}

/** The call that the operation's only root field follows. */
function askedCallOf({ schema, document, operationName, variableValues }: PreparedOperation): unknown {
  const field = getOperationAST(document, operationName)?.selectionSet.selections[0];
  const subscription = schema.getSubscriptionType() as GraphQLObjectType;
  const definition = field?.kind === Kind.FIELD ? subscription.getFields()[field.name.value] : undefined;
  if (!definition || field?.kind !== Kind.FIELD) return undefined;
  return getArgumentValues(definition, field, variableValues).callId;
}
