import "reflect-metadata";
import { type GraphQLSchema, lexicographicSortSchema, printSchema } from "graphql";
import { buildSchemaSync, type PubSub } from "type-graphql";
import { DateTimeScalar } from "../../edge/graphql/scalars.js";
import { AuditResolver } from "../../features/audit/audit.resolver.js";
import { AuditCheckResolver } from "../../features/audit/audit-check.resolver.js";
import { BillingResolver } from "../../features/budgets/billing.resolver.js";
import { AttemptResolver, CallAttemptsResolver } from "../../features/calls/attempt.resolver.js";
import { JobCallsResolver, LlmCallResolver } from "../../features/calls/call.resolver.js";
import { eventTypeName } from "../../features/calls/call-event.type.js";
import { CallStreamResolver } from "../../features/calls/call-stream.resolver.js";
import { StreamTokenResolver } from "../../features/calls/stream-tokens/stream-token.resolver.js";
import { CloseJobResolver } from "../../features/closing/close-job.resolver.js";
import { DeleteTeamResolver } from "../../features/closing/delete-team.resolver.js";
import { CreditGrantResolver } from "../../features/credits/grants/grant.resolver.js";
import { CreditPoolResolver } from "../../features/credits/pool/pool.resolver.js";
import { LedgerTotalsResolver } from "../../features/credits/totals/ledger-totals.resolver.js";
import { EmbedResolver } from "../../features/embeddings/embed.resolver.js";
import { LedgerAuditResolver } from "../../features/jobs/audit/ledger-audit.resolver.js";
import { JobResolver } from "../../features/jobs/job.resolver.js";
import { CreditEntryJobResolver, TeamJobsResolver } from "../../features/jobs/job-edges.resolver.js";
import { VirtualKeyResolver } from "../../features/keys/key.resolver.js";
import {
  OrganizationKeyResolver,
  OrganizationKeysResolver,
} from "../../features/keys/organization/organization-key.resolver.js";
import { CallListResolver, TeamCallsResolver } from "../../features/lists/call-list.resolver.js";
import { CallErrorsResolver } from "../../features/lists/errors/call-errors.resolver.js";
import { NodeResolver } from "../../features/lists/nodes/node.resolver.js";
import { ModelCircuitResolver } from "../../features/models/circuits/model-circuit.resolver.js";
import { ModelGroupResolver } from "../../features/models/groups/model-group.resolver.js";
import { ModelPriceResolver } from "../../features/models/prices/model-price.resolver.js";
import { OrganizationResolver } from "../../features/organizations/organization.resolver.js";
import { OrganizationAuditResolver } from "../../features/organizations/organization-audit.resolver.js";
import { SystemResolver } from "../../features/system/system.resolver.js";
import { OrganizationLifecycleResolver } from "../../features/teams/organization/organization-lifecycle.resolver.js";
import { OrganizationTeamsResolver } from "../../features/teams/organization-teams.resolver.js";
import { TeamResolver } from "../../features/teams/team.resolver.js";
import { TeamBillingResolver } from "../../features/teams/team-billing.resolver.js";
import { TeamCreditsResolver } from "../../features/teams/team-credits.resolver.js";
import {
  OrganizationVirtualKeysResolver,
  TeamKeysResolver,
  VirtualKeyEdgesResolver,
} from "../../features/teams/team-keys.resolver.js";
import { TeamLimitsResolver } from "../../features/teams/team-limits.resolver.js";
import {
  OrganizationViewerResolver,
  PersonViewerResolver,
  ViewerResolver,
} from "../../features/teams/viewer.resolver.js";
import { viewerTypeName } from "../../features/teams/viewer.type.js";
import { OrganizationUsageResolver, TeamUsageResolver, UsageResolver } from "../../features/usage/usage.resolver.js";
import { WebhookDeliveryResolver } from "../../features/webhooks/delivery/delivery.resolver.js";
import { WebhookResolver } from "../../features/webhooks/webhook.resolver.js";

/**
 * Builds the whole GraphQL schema. The resolvers are in the order of the features. Services validate input, so
 * type-graphql does not.
 */
export function buildGraphqlSchema(): GraphQLSchema {
  const schema = buildSchemaSync({
    resolvers: [
      ViewerResolver,
      OrganizationViewerResolver,
      PersonViewerResolver,
      OrganizationResolver,
      VirtualKeyResolver,
      OrganizationKeyResolver,
      OrganizationKeysResolver,
      ModelGroupResolver,
      ModelPriceResolver,
      ModelCircuitResolver,
      TeamResolver,
      TeamCreditsResolver,
      CreditGrantResolver,
      CreditPoolResolver,
      LedgerTotalsResolver,
      TeamLimitsResolver,
      TeamBillingResolver,
      BillingResolver,
      AuditResolver,
      AuditCheckResolver,
      OrganizationAuditResolver,
      OrganizationTeamsResolver,
      OrganizationLifecycleResolver,
      TeamKeysResolver,
      OrganizationVirtualKeysResolver,
      VirtualKeyEdgesResolver,
      JobResolver,
      TeamJobsResolver,
      CreditEntryJobResolver,
      LedgerAuditResolver,
      LlmCallResolver,
      EmbedResolver,
      JobCallsResolver,
      AttemptResolver,
      CallAttemptsResolver,
      CallStreamResolver,
      StreamTokenResolver,
      NodeResolver,
      UsageResolver,
      TeamUsageResolver,
      OrganizationUsageResolver,
      CloseJobResolver,
      DeleteTeamResolver,
      CallListResolver,
      TeamCallsResolver,
      CallErrorsResolver,
      WebhookResolver,
      WebhookDeliveryResolver,
      SystemResolver,
    ],
    orphanedTypes: [...CallStreamResolver.eventTypes],
    pubSub: noPubSub,
    scalarsMap: [{ type: Date, scalar: DateTimeScalar }],
    validate: false,
  });
  describeRoots(schema);
  resolveAbstractTypes(schema);
  return schema;
}

/** Describes the schema and its roots, because type-graphql cannot. */
function describeRoots(schema: GraphQLSchema): void {
  schema.description = MANUAL;
  Object.assign(schema.getQueryType() ?? {}, { description: "What can be read." });
  Object.assign(schema.getMutationType() ?? {}, { description: "What can be done." });
  Object.assign(schema.getSubscriptionType() ?? {}, { description: "What can be followed as it happens." });
}

/** Says of which type a value is at once, because type-graphql makes a promise of it, for each event of a stream. */
function resolveAbstractTypes(schema: GraphQLSchema): void {
  Object.assign(schema.getType("Viewer") ?? {}, { resolveType: viewerTypeName });
  Object.assign(schema.getType("LlmCallEvent") ?? {}, { resolveType: eventTypeName });
}

/** The beginning of the manual: from a key to the first stream, in one screen. */
const MANUAL = `Tollgate sells LLM work by the job: a team opens a job, makes LLM calls in it and completes it. Completing it takes one
credit. Failing, cancelling or expiring is free.

Send a key with every request, as "Authorization: Bearer <key>". The admin key makes customers:

  mutation { createOrganization(input: {id: "acme", name: "Acme"}) { id } }
  mutation { createModelGroup(input: {name: "ChatFast", models: [{name: "gpt-4o-mini"}]}) { name } }
  mutation { createTeam(input: {id: "support", organizationId: "acme", modelGroups: ["ChatFast"], creditsAllocated: 100}) { virtualKey } }

With createOrganizationKey, the admin lets a customer create and manage its own teams. The virtualKey of the last answer is
shown only once. It is the team's key, and the team works with it:

  mutation { createJob(input: {jobType: "question"}) { id } }
  subscription { streamLlmCall(input: {jobId: "<id>", modelGroup: "ChatFast", messages: [{role: USER, content: "What is a tollgate?"}]}) {
    __typename sequence ... on LlmCallDelta { content } ... on LlmCallFinished { call { status content costUsd } } } }
  mutation { completeJob(input: {jobId: "<id>"}) { costs { totalTokens totalCostUsd creditApplied creditsRemaining } } }

Subscriptions run over graphql-ws on this endpoint, or as server-sent events (graphql-sse) on this endpoint with /stream appended.
runLlmCall makes the same call without a stream. A stream that ends without LlmCallFinished was cut: take it up again with
llmCallEvents(callId, after). Errors have a code in extensions.code; the enum ErrorCode says what each means and what to do.
Root fields are null if they fail, so that one failing field does not void the others. Costs are exact decimals in USD.`;

/**
 * type-graphql demands a PubSub. Here each subscription brings its own events, because a PubSub would lose tokens that
 * nobody waits for.
 */
const noPubSub: PubSub = {
  publish: () => {
    throw new Error("Nothing is published: subscriptions bring their own events.");
  },
  subscribe: () => {
    throw new Error("Nothing is published: subscriptions bring their own events.");
  },
};

/** Returns the text of schema.graphql. */
export function printGraphqlSchema(): string {
  return `${printSchema(lexicographicSortSchema(buildGraphqlSchema()))}\n`;
}
