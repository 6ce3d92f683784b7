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

// The package's ES module build would load a second copy of graphql. Its other build shares ours.
const { fieldExtensionsEstimator, getComplexity, simpleEstimator } = createRequire(import.meta.url)(
  "graphql-query-complexity",
) as typeof import("graphql-query-complexity");

/** The levels of fields. The longest way through the API and back, with edges and nodes, has about 15. */
const DEPTH_MAX = 20;
const ALIASES_MAX = 50;
/** The tokens of a document: its names, values and punctuation. */
export const TOKENS_MAX = 10_000;
/**
 * How many fields an answer may have, estimated before the operation runs. A list counts all nodes that it may have.
 */
export const COMPLEXITY_MAX = 50_000;

/**
 * By default these rules throw, which would look like a failure of ours. With this they report an error of the
 * document.
 */
const REPORTING = {
  propagateOnRejection: false,
  onReject: [(context: ValidationContext | null, error: GraphQLError) => context?.reportError(error)],
};

/** The rules that refuse a document with too many levels or aliases. */
export const limitRules: ValidationRule[] = [
  maxDepthRule({ n: DEPTH_MAX, ignoreIntrospection: true, flattenFragments: true, ...REPORTING }),
  maxAliasesRule({ n: ALIASES_MAX, ...REPORTING }),
];

/**
 * Returns the complexity of an operation: 1 for each field, and for a list the complexity of a node times the number of
 * nodes asked for. Throws a refusal if that is too much or cannot be estimated. Returns 0 if the variables do not fit:
 * the operation will not run then, and GraphQL says what is wrong with each variable.
 */
export function complexityOf(operation: {
  schema: GraphQLSchema;
  document: DocumentNode;
  operationName: string | undefined;
  variables: Record<string, unknown>;
}): number {
  const complexity = remembered(operation);
  if (complexity <= COMPLEXITY_MAX) return complexity;
  throw refusal(
    `The operation costs ${complexity}; at most ${COMPLEXITY_MAX} is allowed. Ask for fewer fields or shorter lists.`,
  );
}

/** How many estimates of one document are kept: clients use few sizes of a page. */
const ESTIMATES_MAX = 100;
const estimates = new WeakMap<DocumentNode, Map<string, number>>();

/**
 * Documents are parsed once and come again and again. Of the variables, only numbers and booleans can change an estimate:
 * the sizes of pages, and what @skip and @include leave out.
 */
function remembered(operation: Parameters<typeof complexityOf>[0]): number {
  const { document, operationName, variables } = operation;
  const deciding = Object.entries(variables).filter(
    ([, value]) => typeof value === "number" || typeof value === "boolean",
  );
  const key = JSON.stringify([operationName, deciding]);
  const known = estimates.get(document) ?? new Map<string, number>();
  const complexity = known.get(key) ?? estimate(operation);
  // Zero says that these variables do not fit. Others with the same numbers may.
  if (complexity > 0 && known.size < ESTIMATES_MAX) estimates.set(document, known.set(key, complexity));
  return complexity;
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
