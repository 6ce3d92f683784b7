import {
  type ExecutionArgs,
  GraphQLError,
  type GraphQLSchema,
  getOperationAST,
  getVariableValues,
  NoSchemaIntrospectionCustomRule,
  parse,
  specifiedRules,
  validate,
} from "graphql";
import type { RequestContext } from "../../edge/context.js";
import { costOf, limitRules, TOKENS_MAX } from "./limits.js";

export interface OperationRequest {
  readonly query?: unknown;
  readonly operationName?: unknown;
  readonly variables?: unknown;
}

/**
 * An operation of a stream, ready to be executed; or the errors that refuse it, within the same limits and with the same
 * codes as Apollo gives those of a plain request.
 */
export function prepareOperation(
  schema: GraphQLSchema,
  request: OperationRequest,
  contextValue: RequestContext,
): ExecutionArgs | readonly GraphQLError[] {
  if (typeof request.query !== "string") return [coded("BAD_REQUEST", "query must be the text of a GraphQL document.")];
  const operationName = typeof request.operationName === "string" ? request.operationName : undefined;
  const variableValues = isObject(request.variables) ? request.variables : {};
  try {
    const document = parse(request.query, { maxTokens: TOKENS_MAX });
    const { introspection } = contextValue.app.config;
    const ofSchema = introspection ? [] : [NoSchemaIntrospectionCustomRule];
    const options = { hideSuggestions: !introspection };
    const invalid = validate(schema, document, [...specifiedRules, ...limitRules, ...ofSchema], options);
    if (invalid.length > 0) return invalid.map((error) => withCode(error, "GRAPHQL_VALIDATION_FAILED"));
    const operation = getOperationAST(document, operationName);
    if (!operation) return [unresolved(operationName)];
    const { errors } = getVariableValues(schema, operation.variableDefinitions ?? [], variableValues, options);
    if (errors) return errors.map((error) => withCode(error, "BAD_USER_INPUT"));
    costOf({ schema, document, operationName, variables: variableValues });
    return { schema, document, operationName: operationName ?? null, variableValues, contextValue };
  } catch (error) {
    if (error instanceof GraphQLError) return [withCode(error, "GRAPHQL_PARSE_FAILED")];
    throw error;
  }
}

/** In Apollo's words. */
function unresolved(operationName: string | undefined): GraphQLError {
  const message = operationName
    ? `Unknown operation named "${operationName}".`
    : "Must provide operation name if query contains multiple operations.";
  return coded("OPERATION_RESOLUTION_FAILURE", message);
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const coded = (code: string, message: string) => new GraphQLError(message, { extensions: { code } });

function withCode(error: GraphQLError, code: string): GraphQLError {
  error.extensions.code ??= code;
  return error;
}
