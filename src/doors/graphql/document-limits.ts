import { createRequire } from "node:module";
import { maxAliasesRule } from "@escape.tech/graphql-armor-max-aliases";
import { maxDepthRule } from "@escape.tech/graphql-armor-max-depth";
import {
  type DocumentNode,
  GraphQLError,
  type GraphQLSchema,
  Kind,
  type ValidationContext,
  type ValidationRule,
} from "graphql";

// Its ES module build would bring a second copy of graphql; the other build shares ours.
const { fieldExtensionsEstimator, getComplexity, simpleEstimator } = createRequire(import.meta.url)(
  "graphql-query-complexity",
) as typeof import("graphql-query-complexity");

/** Levels of fields. The longest way through the API and back, with edges and nodes, takes about 15. */
const DEPTH_MAX = 20;
const ALIASES_MAX = 50;
/** Names, values and signs of a document. */
export const TOKENS_MAX = 10_000;
/** Fields that an operation may answer with, estimated before it runs. A list counts as often as it may have nodes. */
export const COMPLEXITY_MAX = 50_000;

/** Left to themselves the rules throw, which would be a failure of ours and not one of the document. */
const REPORTING = {
  propagateOnRejection: false,
  onReject: [(context: ValidationContext | null, error: GraphQLError) => context?.reportError(error)],
};

export const limitRules: ValidationRule[] = [
  maxDepthRule({ n: DEPTH_MAX, ignoreIntrospection: true, flattenFragments: true, ...REPORTING }),
  maxAliasesRule({ n: ALIASES_MAX, ...REPORTING }),
];

/**
 * The complexity of an operation: 1 for each field, and for a list the complexity of a node times the number of nodes
 * asked for. Throws a refusal if that is too much or cannot be estimated. It is 0 if the variables do not fit: then the
 * operation will not run, and GraphQL says of each variable what is wrong with it.
 */
export function complexityOf(operation: {
  schema: GraphQLSchema;
  document: DocumentNode;
  operationName: string | undefined;
  variables: Record<string, unknown>;
}): number {
  const complexity = estimate(operation);
  if (complexity <= COMPLEXITY_MAX) return complexity;
  throw refusal(
    `The operation costs ${complexity}; at most ${COMPLEXITY_MAX} is allowed. Ask for fewer fields or shorter lists.`,
  );
}

function estimate({ schema, document, operationName, variables }: Parameters<typeof complexityOf>[0]): number {
  const estimators = [fieldExtensionsEstimator(), simpleEstimator({ defaultComplexity: 1 })];
  const named = operationName !== undefined && { operationName };
  try {
    return getComplexity({ schema, query: document, variables, estimators, ...named });
  } catch (error) {
    if (!(error instanceof GraphQLError)) throw error;
    if (error.nodes?.[0]?.kind === Kind.VARIABLE_DEFINITION) return 0;
    throw refusal(error.message, error);
  }
}

function refusal(message: string, { nodes }: Pick<GraphQLError, "nodes"> = { nodes: undefined }): GraphQLError {
  return new GraphQLError(message, { nodes, extensions: { code: "GRAPHQL_VALIDATION_FAILED", http: { status: 400 } } });
}
