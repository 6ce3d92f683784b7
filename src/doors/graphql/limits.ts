import { createRequire } from "node:module";
import { maxAliasesRule } from "@escape.tech/graphql-armor-max-aliases";
import { maxDepthRule } from "@escape.tech/graphql-armor-max-depth";
import { type DocumentNode, GraphQLError, type GraphQLSchema, type ValidationRule } from "graphql";

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

export const limitRules: ValidationRule[] = [
  maxDepthRule({ n: DEPTH_MAX, ignoreIntrospection: true, flattenFragments: true }),
  maxAliasesRule({ n: ALIASES_MAX }),
];

/** The reckoned cost of an operation: 1 for each field, and for a list as many times its nodes' cost as it may have nodes. */
export function costOf(operation: {
  schema: GraphQLSchema;
  document: DocumentNode;
  operationName: string | undefined;
  variables: Record<string, unknown>;
}): number {
  const { schema, document: query, operationName, variables } = operation;
  const estimators = [fieldExtensionsEstimator(), simpleEstimator({ defaultComplexity: 1 })];
  return getComplexity({ schema, query, variables, estimators, ...(operationName !== undefined && { operationName }) });
}

export function costTooHigh(cost: number): GraphQLError {
  return new GraphQLError(
    `The operation costs ${cost}; at most ${COST_MAX} is allowed. Ask for fewer fields or shorter lists.`,
    {
      extensions: { code: "GRAPHQL_VALIDATION_FAILED" },
    },
  );
}
