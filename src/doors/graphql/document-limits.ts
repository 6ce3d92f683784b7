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
/** Fields that an operation may answer with, reckoned before it runs: a list counts as many times as it asks for. */
export const COST_MAX = 50_000;

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
 * The reckoned cost of an operation: 1 for each field, and for a list as many times its nodes' cost as it may have nodes.
 * Throws a refusal where that is too much, or cannot be reckoned. It is 0 where the variables do not fit: then the
 * operation will not run, and GraphQL says of each what is wrong with it.
 */
export function costOf(operation: {
  schema: GraphQLSchema;
  document: DocumentNode;
  operationName: string | undefined;
  variables: Record<string, unknown>;
}): number {
  const cost = reckon(operation);
  if (cost <= COST_MAX) return cost;
  throw refusal(`The operation costs ${cost}; at most ${COST_MAX} is allowed. Ask for fewer fields or shorter lists.`);
}

function reckon({ schema, document, operationName, variables }: Parameters<typeof costOf>[0]): number {
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
