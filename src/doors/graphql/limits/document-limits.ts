import { createRequire } from "node:module";
import { maxAliasesRule } from "@escape.tech/graphql-armor-max-aliases";
import { maxDepthRule } from "@escape.tech/graphql-armor-max-depth";
import {
  type DocumentNode,
  GraphQLError,
  type GraphQLField,
  type GraphQLSchema,
  getOperationAST,
  getVariableValues,
  SchemaMetaFieldDef,
  TypeMetaFieldDef,
  type ValidationContext,
  type ValidationRule,
} from "graphql";
import type { ComplexityEstimatorArgs } from "graphql-query-complexity";
import { introspectionCost } from "./introspection-cost.js";
import { type DocumentLimits, LIMITS_OF_HOLDERS } from "./limits-of-viewer.js";

// The package's ES module build would load a second copy of graphql. Its other build shares ours.
const { fieldExtensionsEstimator, getComplexity, simpleEstimator } = createRequire(import.meta.url)(
  "graphql-query-complexity",
) as typeof import("graphql-query-complexity");

/** The levels of fields. The longest way through the API and back, with edges and nodes, has about 15. */
const DEPTH_MAX = 20;
/** The tokens of a document: its names, values and punctuation. */
export const TOKENS_MAX = 10_000;

/**
 * By default these rules throw, which would look like a failure of ours. With this they report an error of the
 * document.
 */
const REPORTING = {
  propagateOnRejection: false,
  onReject: [(context: ValidationContext | null, error: GraphQLError) => context?.reportError(error)],
};

/** The rules that refuse a document with too many levels or aliases. */
export const limitRulesOf = ({ aliasesMax }: DocumentLimits): ValidationRule[] => [
  maxDepthRule({ n: DEPTH_MAX, ignoreIntrospection: false, flattenFragments: true, ...REPORTING }),
  maxAliasesRule({ n: aliasesMax, ...REPORTING }),
];
export const limitRules = limitRulesOf(LIMITS_OF_HOLDERS);

/** The complexity of an operation, and the most that is allowed to whoever asks. Clients see it as `extensions.cost`. */
export interface Cost {
  readonly requested: number;
  readonly maximum: number;
}

interface Operation {
  readonly schema: GraphQLSchema;
  readonly document: DocumentNode;
  readonly operationName: string | undefined;
  readonly variables: Record<string, unknown>;
}

/**
 * Returns the complexity of an operation: 1 for each field, and for a list the complexity of a node times the number of
 * nodes asked for. Throws a refusal if that is too much or cannot be estimated. Returns undefined if the variables do not
 * fit: the operation will not run then, and GraphQL says what is wrong with each variable.
 */
export function costOf(operation: Operation, maximum: number): Cost | undefined {
  const requested = remembered(operation);
  if (requested === undefined) return undefined;
  const cost = { requested, maximum };
  if (requested <= maximum) return cost;
  const message = `The operation costs ${requested}; at most ${maximum} is allowed. Ask for fewer fields or shorter lists.`;
  throw refusal(message, { cost });
}

/** How many estimates of one document are kept: clients use few sizes of a page. */
const ESTIMATES_MAX = 100;
const estimates = new WeakMap<DocumentNode, Map<string, number>>();

/**
 * Documents are parsed once and come again and again. Of the variables, only numbers, booleans and nulls can change an
 * estimate: the sizes of pages, and what @skip and @include leave out. A null is not an absent one, which has its default.
 */
function remembered(operation: Operation): number | undefined {
  const { document, operationName, variables } = operation;
  const deciding = Object.entries(variables).filter(
    ([, value]) => value === null || typeof value === "number" || typeof value === "boolean",
  );
  const key = JSON.stringify([operationName, deciding]);
  const known = estimates.get(document) ?? new Map<string, number>();
  // Other variables with the same numbers may not fit.
  const complexity = known.get(key) ?? estimate(operation);
  if (complexity !== undefined && known.size < ESTIMATES_MAX) estimates.set(document, known.set(key, complexity));
  return complexity;
}

function estimate({ schema, document, operationName, variables }: Operation): number | undefined {
  const definitions = getOperationAST(document, operationName)?.variableDefinitions ?? [];
  // The estimate would collect an error for each wrong value, and each shows the whole value.
  if (getVariableValues(schema, definitions, variables, { maxErrors: 1, hideSuggestions: true }).errors)
    return undefined;
  const ofIntrospection = ({ field, node, args }: ComplexityEstimatorArgs) =>
    INTROSPECTION.has(field) ? introspectionCost({ schema, document, field, node, args }) : undefined;
  const estimators = [ofIntrospection, fieldExtensionsEstimator(), simpleEstimator({ defaultComplexity: 1 })];
  const named = operationName !== undefined && { operationName };
  try {
    return getComplexity({ schema, query: document, variables, estimators, ...named });
  } catch (error) {
    if (!(error instanceof GraphQLError)) throw error;
    throw refusal(error.message, {}, error);
  }
}

const INTROSPECTION: ReadonlySet<GraphQLField<unknown, unknown>> = new Set([SchemaMetaFieldDef, TypeMetaFieldDef]);

function refusal(message: string, more: { cost?: Cost }, found?: GraphQLError): GraphQLError {
  const extensions = { code: "GRAPHQL_VALIDATION_FAILED", http: { status: 400 }, ...more };
  return new GraphQLError(message, { nodes: found?.nodes, extensions });
}
