import {
  type ASTNode,
  type ExecutionResult,
  type FormattedExecutionResult,
  GraphQLError,
  type GraphQLFormattedError,
  Kind,
} from "graphql";
import type { RequestContext } from "../../edge/context.js";
import { logFailure } from "../../edge/log-failure.js";
import { errorExtensions, toDomainError } from "../../edge/public-error.js";
import { DomainError } from "../../lib/errors.js";
import { limitExtension } from "./limit-extension.js";
import { nameOfValue } from "./value-name.js";

/** GraphQL's own errors are shown unchanged, because they tell about the document and nothing about the inside. */
const GRAPHQL_CODES = new Set([
  "GRAPHQL_PARSE_FAILED",
  "GRAPHQL_VALIDATION_FAILED",
  "PERSISTED_QUERY_NOT_FOUND",
  "PERSISTED_QUERY_NOT_SUPPORTED",
  "OPERATION_RESOLUTION_FAILURE",
]);
/** Apollo's codes for wrong input. */
const INPUT_CODES = new Set(["BAD_USER_INPUT", "BAD_REQUEST"]);

const VALUE_KINDS: ReadonlySet<string> = new Set([
  Kind.INT,
  Kind.FLOAT,
  Kind.STRING,
  Kind.BOOLEAN,
  Kind.ENUM,
  Kind.NULL,
  Kind.LIST,
  Kind.OBJECT,
  Kind.VARIABLE,
]);

/**
 * Returns what a client sees of an error. A DomainError shows its code, status, retryable and data. GraphQL's own
 * errors are shown unchanged. Every wrong value is INVALID_INPUT, no matter who found it. Every other error is masked,
 * and shows the request id that `rememberFailures` put there.
 */
export function formatError(formatted: GraphQLFormattedError, error: unknown): GraphQLFormattedError {
  const { locations, path, extensions } = formatted;
  const message = shortened(formatted.message);
  const location = { ...(locations && { locations }), ...(path && { path }) };
  const code = String(extensions?.code);
  const value = valueAtFault(error);
  if (value) return { ...shownOf(new DomainError("INVALID_INPUT", named(value, message))), ...location };
  const cost = extensions?.cost;
  if (GRAPHQL_CODES.has(code))
    return { message, ...location, extensions: { code, ...(cost !== undefined && { cost }) } };
  if (INPUT_CODES.has(code) || isRefusedByApollo(error))
    return { ...shownOf(new DomainError("INVALID_INPUT", message)), ...location };
  const shown = shownOf(toDomainError(originalOf(error)));
  return {
    ...shown,
    ...location,
    extensions: {
      ...shown.extensions,
      ...(extensions?.requestId !== undefined && { requestId: extensions.requestId }),
    },
  };
}

/**
 * Whether Apollo itself answers an error with a status of the client's fault. It has no code for some of them, such as
 * a persisted query whose hash is wrong.
 */
function isRefusedByApollo(error: unknown): boolean {
  if (!(error instanceof GraphQLError) || error.originalError) return false;
  const { status = 500 } = (error.extensions.http ?? {}) as { status?: number };
  return status >= 400 && status < 500;
}

type ForTheLog = Pick<RequestContext, "log" | "record">;

/** Codes that hide what happened inside. */
const MASKS: ReadonlySet<unknown> = new Set(["INTERNAL", "UNAVAILABLE"]);

/**
 * Notes the first error in the record of the request. Logs the errors that are about to be masked, and gives the client
 * the request id to ask about.
 */
export function rememberFailures(errors: readonly GraphQLError[], { log, record }: ForTheLog): void {
  for (const error of errors) {
    const { code, ...data } = formatError(error.toJSON(), error).extensions ?? {};
    record.fail(String(code), data);
    if (!MASKS.has(code)) continue;
    error.extensions.requestId = record.requestId;
    logFailure(log, originalOf(error), "An operation failed.", { path: error.path });
  }
}

/** Returns what a client of a stream sees of errors: the same as in a plain answer. */
export function formatErrors(errors: readonly GraphQLError[], context: ForTheLog): GraphQLFormattedError[] {
  rememberFailures(errors, context);
  return errors.map((error) => formatError(error.toJSON(), error));
}

/** Returns a result of a stream with its errors as a client sees them, and with where the limits of its call stand. */
export function formatResult(result: ExecutionResult, context: ForTheLog): FormattedExecutionResult {
  const { errors, ...others } = result;
  const { rateLimit } = limitExtension(context.record);
  const told = rateLimit ? { ...others, extensions: { ...others.extensions, rateLimit } } : others;
  return errors ? { ...told, errors: formatErrors(errors, context) } : told;
}

/** GraphQL repeats a wrong value, however long it is. A message of ours is shorter anyway. */
const MESSAGE_CHARACTERS_MAX = 2_000;
const shortened = (message: string): string =>
  message.length > MESSAGE_CHARACTERS_MAX ? `${message.slice(0, MESSAGE_CHARACTERS_MAX)}…` : message;

/** Returns the error that was thrown, without GraphQL's error around it. */
const originalOf = (error: unknown): unknown =>
  error instanceof GraphQLError && error.originalError ? error.originalError : error;

/** Returns the value that an error was found in, or undefined if the error is about the shape of the document. */
function valueAtFault(error: unknown): ASTNode | undefined {
  const node = error instanceof GraphQLError ? error.nodes?.[0] : undefined;
  return node && VALUE_KINDS.has(node.kind) ? node : undefined;
}

/** Adds the name of the field to a message, because GraphQL seldom tells it. */
function named(value: ASTNode, message: string): string {
  const name = nameOfValue(value);
  return name === undefined ? message : `${name}: ${message}`;
}

const shownOf = (error: DomainError) => ({ message: error.message, extensions: errorExtensions(error) });
