import { unwrapResolverError } from "@apollo/server/errors";
import { GraphQLError, type GraphQLFormattedError, Kind } from "graphql";
import { toDomainError } from "../../edge/public-error.js";
import { DomainError } from "../../lib/errors.js";

/** GraphQL's own errors pass as they are: they speak of the document, and of nothing inside. */
const GRAPHQL_CODES = new Set([
  "GRAPHQL_PARSE_FAILED",
  "GRAPHQL_VALIDATION_FAILED",
  "PERSISTED_QUERY_NOT_FOUND",
  "PERSISTED_QUERY_NOT_SUPPORTED",
  "OPERATION_RESOLUTION_FAILURE",
]);
/** Apollo's codes for what a client sent wrongly. */
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
]);

/**
 * What a client sees of an error: a DomainError with its code, status, retryable and data; GraphQL's own; a wrong value
 * as INVALID_INPUT, whoever found it; of everything else INTERNAL and the request id, which `remember` has put there.
 */
export function formatError(formatted: GraphQLFormattedError, error: unknown): GraphQLFormattedError {
  const { message, locations, path, extensions } = formatted;
  const place = { ...(locations && { locations }), ...(path && { path }) };
  const code = String(extensions?.code);
  if (code === "GRAPHQL_VALIDATION_FAILED" && isAboutValue(error))
    return { ...describe(new DomainError("INVALID_INPUT", message)), ...place };
  if (GRAPHQL_CODES.has(code)) return { message, ...place, extensions: { code } };
  if (INPUT_CODES.has(code)) return { ...describe(new DomainError("INVALID_INPUT", message)), ...place };
  const shown = describe(toDomainError(unwrapResolverError(error)));
  return {
    ...shown,
    ...place,
    extensions: {
      ...shown.extensions,
      ...(extensions?.requestId !== undefined && { requestId: extensions.requestId }),
    },
  };
}

/** An error found in a value, not in the shape of the document. */
function isAboutValue(error: unknown): boolean {
  const node = error instanceof GraphQLError ? error.nodes?.[0] : undefined;
  return node !== undefined && VALUE_KINDS.has(node.kind);
}

function describe({ code, message, status, retryable, data }: DomainError) {
  return { message, extensions: { ...data, code, status, retryable } };
}
