import { ApolloServer, type ApolloServerPlugin } from "@apollo/server";
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginLandingPageDisabled,
} from "@apollo/server/plugin/disabled";
import { GraphQLError, type GraphQLSchema } from "graphql";
import type { Config } from "../../config/config.js";
import type { RequestContext } from "../../edge/context.js";
import type { Logger } from "../../lib/log.js";
import { asksForCost, COST_HEADER } from "./asked-cost.js";
import { formatError, rememberFailures } from "./error-formatter.js";
import { sandbox, withoutSandbox } from "./explorers/sandbox.js";
import { limitExtension } from "./limit-extension.js";
import { type Cost, costOf, limitRulesOf, TOKENS_MAX } from "./limits/document-limits.js";
import type { DocumentLimits } from "./limits/limits-of-viewer.js";
import { nameOperation } from "./name-operation.js";
import type { PersistedQueries } from "./persisted-queries.js";

interface ApolloDeps {
  readonly schema: GraphQLSchema;
  readonly config: Config;
  readonly log: Logger;
  readonly limits: DocumentLimits;
  /** Undefined if texts are not remembered by their hash. */
  readonly persisted?: PersistedQueries | undefined;
}

/**
 * A browser asks before a page of another site may send these. Keys are only ever in headers of our own, so a GET that has
 * one cannot be forged. The cookie of a session counts only if a page of ours sends it. urql and others ask queries so.
 */
const NEED_PREFLIGHT = [
  "authorization",
  "x-api-key",
  "x-admin-key",
  "x-apollo-operation-name",
  "apollo-require-preflight",
];

/** Starts Apollo for plain requests. Its limits and error codes are the same as those of streams. */
export async function startApollo(deps: ApolloDeps): Promise<ApolloServer<RequestContext>> {
  const { schema, config, log, limits, persisted } = deps;
  const apollo = new ApolloServer<RequestContext>({
    schema,
    introspection: config.introspection,
    csrfPrevention: { requestHeaders: NEED_PREFLIGHT },
    includeStacktraceInErrorResponses: false,
    hideSchemaDetailsFromClientErrors: !config.introspection,
    parseOptions: { maxTokens: TOKENS_MAX },
    validationRules: limitRulesOf(limits),
    validationOptions: { maxErrors: limits.errorsMax },
    executionOptions: { maxCoercionErrors: limits.errorsOfVariablesMax },
    ...(!limits.areDocumentsKept && { documentStore: null }),
    persistedQueries: persisted ? { cache: persisted.ofApollo } : false,
    formatError,
    // Apollo by itself writes answers for people to read, which takes longer.
    stringifyResult: JSON.stringify,
    // The server stops Apollo when it closes, so Apollo must not listen for signals.
    stopOnTerminationSignals: false,
    plugins: [
      // Cache control would take a quarter of the time of a plain request, and nothing here may be cached.
      ApolloServerPluginCacheControlDisabled(),
      landingPageOf(config),
      noteOperation,
      limitComplexity(limits),
      tellLimits,
      sendSubscriptionsElsewhere,
      logFailures,
      ...(config.introspection ? [] : [hideSuggestions]),
    ],
    logger: log.child({ part: "apollo" }),
  });
  await apollo.start();
  return apollo;
}

function landingPageOf({ introspection, signIn }: Config): ApolloServerPlugin {
  if (!introspection) return ApolloServerPluginLandingPageDisabled();
  return signIn ? withoutSandbox : sandbox;
}

const noteOperation: ApolloServerPlugin<RequestContext> = {
  async requestDidStart() {
    return {
      async didResolveOperation({ operation, contextValue }) {
        if (operation) nameOperation(contextValue.record, operation);
      },
    };
  },
};

/** Refuses an operation whose complexity is too great before it runs. Tells the complexity of the others, if asked. */
const limitComplexity = ({ complexityMax }: DocumentLimits): ApolloServerPlugin<RequestContext> => ({
  async requestDidStart() {
    let cost: Cost | undefined;
    return {
      async didResolveOperation({ schema, document, operation, request }) {
        // GraphQL itself refuses a request whose operation is not in the document.
        if (!operation) return;
        const operationName = operation.name?.value;
        cost = costOf({ schema, document, operationName, variables: request.variables ?? {} }, complexityMax);
      },
      async willSendResponse({ request: { extensions, http }, response }) {
        if (!cost || response.body.kind !== "single") return;
        if (!asksForCost(extensions, http?.headers.get(COST_HEADER))) return;
        const { singleResult } = response.body;
        singleResult.extensions = { ...singleResult.extensions, cost };
      },
    };
  },
});

/** Tells where the limits stand that the calls of an operation were counted by. */
const tellLimits: ApolloServerPlugin<RequestContext> = {
  async requestDidStart() {
    return {
      async willSendResponse({ response, contextValue }) {
        if (response.body.kind !== "single" || !contextValue.record.limits) return;
        const { singleResult } = response.body;
        singleResult.extensions = { ...singleResult.extensions, ...limitExtension(contextValue.record) };
      },
    };
  },
};

/** Refuses subscriptions before they begin, and says where they run. Apollo would say that it failed itself. */
const sendSubscriptionsElsewhere: ApolloServerPlugin<RequestContext> = {
  async requestDidStart() {
    return {
      async didResolveOperation({ operation }) {
        if (operation?.operation === "subscription") throw subscriptionElsewhere();
      },
      // Apollo refuses a GET by itself, and shows the way to POST, where a subscription does not run either.
      async didEncounterErrors({ operation, errors }) {
        if (operation?.operation !== "subscription") return;
        for (const error of errors) Object.assign(error, subscriptionElsewhere());
      },
    };
  },
};

const subscriptionElsewhere = () =>
  new GraphQLError(
    "A subscription needs a stream: a socket at this address (graphql-ws), a request that accepts text/event-stream or Apollo's multipart/mixed, or /graphql/stream.",
    { extensions: { code: "BAD_REQUEST", http: { status: 400, headers: new Map() } } },
  );

const logFailures: ApolloServerPlugin<RequestContext> = {
  async requestDidStart() {
    return {
      async didEncounterErrors({ errors, contextValue }) {
        rememberFailures(errors, contextValue);
      },
    };
  },
};

/** Takes suggestions out of errors. Apollo does so for validation only, and the values of variables are read later. */
const hideSuggestions: ApolloServerPlugin<RequestContext> = {
  async requestDidStart() {
    return {
      async didEncounterErrors({ errors }) {
        for (const error of errors) error.message = error.message.replace(/ ?Did you mean .+\?$/, "");
      },
    };
  },
};
