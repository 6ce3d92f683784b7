import { createRequire } from "node:module";
import type { ApolloServerOptionsWithGateway } from "@apollo/server";
import {
  type DocumentNode,
  execute,
  type GraphQLSchema,
  getVariableValues,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from "graphql";
import type { CompiledQuery } from "graphql-jit";
import { LRUCache } from "lru-cache";
import type { RequestContext } from "../../edge/context.js";

const require = createRequire(import.meta.url);

/** A query is compiled when it comes for this time. One that comes once would only be made slower. */
const COMPILED_AT = 3;
/** A query with more fields is not compiled. This many take 5 to 40 ms, in which all other requests wait. */
const FIELDS_MAX = 200;
/** How many compiled queries are kept. One of 200 fields takes 0.7 MB. */
const COMPILED_MAX = 100;

type Gateway = NonNullable<ApolloServerOptionsWithGateway<RequestContext>["gateway"]>;
type Executor = NonNullable<Awaited<ReturnType<Gateway["load"]>>["executor"]>;

/**
 * Executes operations for Apollo. A query that comes again and again is compiled to a function, which answers like
 * GraphQL's own executor in two thirds of the time. Mutations, answers with errors, and whatever cannot be compiled are
 * GraphQL's own work.
 */
export function compiledQueries(schema: GraphQLSchema): Gateway {
  const queries = new Queries(schema);
  const executor: Executor = async ({ document, operation, request, context }) => {
    const { operationName, variables = {} } = request;
    const query = queries.find(document, operation);
    if (query && fits(schema, operation, variables)) {
      const answer = await query.query(undefined, context, variables);
      // A compiled query words some errors in its own way. Reading again changes nothing.
      if (!answer.errors) return answer;
    }
    return execute({
      schema,
      document,
      contextValue: context,
      variableValues: variables,
      operationName: operationName ?? null,
    });
  };
  return {
    load: async () => ({ executor }),
    onSchemaLoadOrUpdate: (tell) => {
      tell({ apiSchema: schema, coreSupergraphSdl: "" });
      return () => undefined;
    },
    stop: async () => undefined,
  };
}

/** Whether GraphQL itself accepts the variables. Otherwise it says what is wrong with each. */
const fits = (schema: GraphQLSchema, operation: OperationDefinitionNode, variables: Record<string, unknown>): boolean =>
  getVariableValues(schema, operation.variableDefinitions ?? [], variables).errors === undefined;

/** Compiles the queries that come often enough, out of the documents that Apollo keeps. */
class Queries {
  private readonly times = new WeakMap<OperationDefinitionNode, number>();
  private readonly compiled = new LRUCache<OperationDefinitionNode, CompiledQuery>({ max: COMPILED_MAX });

  constructor(private readonly schema: GraphQLSchema) {}

  /**
   * Returns nothing if the operation is not compiled. One that gave its place to another is not compiled again, so that
   * nobody can have the gateway compile all the time. There is no operation if the document lacks the one that the request
   * names; Apollo leaves it to the executor to say so.
   */
  find(document: DocumentNode, operation: OperationDefinitionNode | undefined): CompiledQuery | undefined {
    if (operation?.operation !== "query") return undefined;
    const times = (this.times.get(operation) ?? 0) + 1;
    this.times.set(operation, times);
    if (times === COMPILED_AT && fieldsOf(document, operation) <= FIELDS_MAX) {
      const compiled = compile(this.schema, document, operation.name?.value);
      if (compiled) this.compiled.set(operation, compiled);
    }
    return this.compiled.get(operation);
  }
}

/** Returns nothing if the query cannot be compiled. */
function compile(schema: GraphQLSchema, document: DocumentNode, name: string | undefined): CompiledQuery | undefined {
  // It is loaded when it is first needed. The package's ES module build would load a second copy of graphql.
  const { compileQuery, isCompiledQuery } = require("graphql-jit") as typeof import("graphql-jit");
  const compiled = compileQuery(schema, document, name);
  return isCompiledQuery(compiled) ? compiled : undefined;
}

/** The number of fields that an operation selects, where each use of a fragment counts all of its fields. */
function fieldsOf({ definitions }: DocumentNode, operation: OperationDefinitionNode): number {
  const ofFragments = new Map<string, number>();
  const count = ({ selections }: SelectionSetNode): number =>
    selections.reduce((fields, selection) => fields + countOne(selection), 0);
  const countOne = (selection: SelectionSetNode["selections"][number]): number => {
    if (selection.kind === Kind.FIELD) return 1 + (selection.selectionSet ? count(selection.selectionSet) : 0);
    return selection.kind === Kind.INLINE_FRAGMENT
      ? count(selection.selectionSet)
      : countFragment(selection.name.value);
  };
  const countFragment = (name: string): number => {
    const known = ofFragments.get(name);
    if (known !== undefined) return known;
    const fragment = definitions.find((each) => each.kind === Kind.FRAGMENT_DEFINITION && each.name.value === name);
    const fields = fragment?.kind === Kind.FRAGMENT_DEFINITION ? count(fragment.selectionSet) : 0;
    ofFragments.set(name, fields);
    return fields;
  };
  return count(operation.selectionSet);
}
