import type { FastifyRequest } from "fastify";
import {
  type DocumentNode,
  GraphQLError,
  type GraphQLSchema,
  getOperationAST,
  getVariableValues,
  NoSchemaIntrospectionCustomRule,
  parse,
  specifiedRules,
  type ValidationRule,
  validate,
} from "graphql";
import { LRUCache } from "lru-cache";
import type { Config } from "../../config/config.js";
import type { RequestContext } from "../../edge/context.js";
import { contextOf } from "../../edge/http/provide-context.js";
import { DomainError } from "../../lib/errors.js";
import { isObject } from "../../lib/json/unknown-json.js";
import { asksForCost, COST_HEADER, type PreparedOperation } from "./asked-cost.js";
import { costOf, limitRules, TOKENS_MAX } from "./limits/document-limits.js";
import { LIMITS_OF_HOLDERS } from "./limits/limits-of-viewer.js";
import { refusalOfText } from "./limits/text-limits.js";
import { nameOperation } from "./name-operation.js";
import { type OperationRequest, operationRequestOf } from "./operation-request.js";
import type { PersistedQueries } from "./persisted-queries.js";
import type { TrustedDocuments } from "./trusted/trusted-documents.js";

/** An operation that is ready to be executed, or the errors that refuse it. */
export type Prepared = PreparedOperation | readonly GraphQLError[];

/** How many characters of documents are kept. A document takes some 50 bytes for each of its characters. */
const KEPT_CHARACTERS_MAX = 256 * 1024;

/**
 * Makes the operations of streams ready to be executed, or refuses them. The limits and codes are those that Apollo has
 * for plain requests.
 */
export class Operations {
  /** Documents that were found valid. Clients send the same few again and again. */
  private readonly documents = new LRUCache<string, DocumentNode>({
    maxSize: KEPT_CHARACTERS_MAX,
    sizeCalculation: (_document, text) => text.length,
  });
  private readonly options: { readonly hideSuggestions: boolean };
  private readonly rules: readonly ValidationRule[];

  constructor(
    private readonly schema: GraphQLSchema,
    { introspection }: Config,
    private readonly trusted: TrustedDocuments | undefined,
    private readonly persisted: PersistedQueries | undefined,
  ) {
    this.options = { hideSuggestions: !introspection };
    this.rules = [...specifiedRules, ...limitRules, ...(introspection ? [] : [NoSchemaIntrospectionCustomRule])];
  }

  /**
   * Returns the operation, ready to be executed, or the errors that refuse it. `costHeader` is the header that may ask for
   * its cost. Whoever has a stream has sent a credential.
   */
  prepare(request: OperationRequest, contextValue: RequestContext, costHeader?: unknown): Prepared {
    const query = this.documentOf(request, contextValue);
    if (query instanceof GraphQLError) return [query];
    if (typeof query !== "string") return [coded("BAD_REQUEST", "query must be the text of a GraphQL document.")];
    const tooMuch = refusalOfText(query);
    if (tooMuch) return [tooMuch];
    const operationName = typeof request.operationName === "string" ? request.operationName : undefined;
    const variableValues = isObject(request.variables) ? request.variables : {};
    const { schema, options } = this;
    try {
      const document = this.documents.get(query) ?? parse(query, { maxTokens: TOKENS_MAX });
      const invalid = this.documents.has(query)
        ? []
        : validate(schema, document, this.rules, { ...options, maxErrors: LIMITS_OF_HOLDERS.errorsMax });
      if (invalid.length > 0) return invalid.map((error) => withCode(error, "GRAPHQL_VALIDATION_FAILED"));
      this.documents.set(query, document);
      const operation = getOperationAST(document, operationName);
      if (!operation) return [unresolved(operationName)];
      nameOperation(contextValue.record, operation);
      const limit = { ...options, maxErrors: LIMITS_OF_HOLDERS.errorsOfVariablesMax };
      const { errors } = getVariableValues(schema, operation.variableDefinitions ?? [], variableValues, limit);
      if (errors) return errors.map((error) => withCode(error, "BAD_USER_INPUT"));
      const asked = { schema, document, operationName, variables: variableValues };
      const cost = costOf(asked, LIMITS_OF_HOLDERS.complexityMax);
      const askedCost = asksForCost(request.extensions, costHeader) ? cost : undefined;
      return { schema, document, operationName: operationName ?? null, variableValues, contextValue, askedCost };
    } catch (error) {
      if (error instanceof GraphQLError) return [withCode(error, "GRAPHQL_PARSE_FAILED")];
      throw error;
    }
  }

  /** The same for a request over HTTP. Only a POST may change something. */
  prepareFor(request: FastifyRequest): Prepared {
    const prepared = this.prepare(operationRequestOf(request), contextOf(request), request.headers[COST_HEADER]);
    return request.method !== "POST" && typeOf(prepared) === "mutation" ? [MUTATION_BY_GET] : prepared;
  }

  /**
   * Returns the operation of a request over HTTP if it is a valid subscription. Undefined for everything else, which Apollo
   * answers: queries and mutations, and what it has to refuse.
   */
  subscriptionOf(request: FastifyRequest): PreparedOperation | undefined {
    const text = this.documentOf(operationRequestOf(request), contextOf(request));
    if (typeof text !== "string" || !/\bsubscription\b/.test(text)) return undefined;
    const prepared = this.prepareFor(request);
    return "schema" in prepared && typeOf(prepared) === "subscription" ? prepared : undefined;
  }

  /** Returns the document that a request asks for, or the error that refuses it because it is not on the list. */
  private documentOf(request: OperationRequest, { viewer }: RequestContext): unknown {
    try {
      return this.trusted?.documentOf(request, viewer) ?? this.persisted?.textOf(request) ?? request.query;
    } catch (error) {
      if (error instanceof GraphQLError) return error;
      if (!(error instanceof DomainError)) throw error;
      return new GraphQLError(error.message, { originalError: error });
    }
  }
}

const typeOf = (prepared: Prepared) =>
  "schema" in prepared ? getOperationAST(prepared.document, prepared.operationName)?.operation : undefined;

/** Says it as Apollo does. */
function unresolved(operationName: string | undefined): GraphQLError {
  const message = operationName
    ? `Unknown operation named "${operationName}".`
    : "Must provide operation name if query contains multiple operations.";
  return coded("OPERATION_RESOLUTION_FAILURE", message);
}

const MUTATION_BY_GET = coded("BAD_REQUEST", "GET requests only support query and subscription operations.");

function coded(code: string, message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code } });
}

function withCode(error: GraphQLError, code: string): GraphQLError {
  error.extensions.code ??= code;
  return error;
}
