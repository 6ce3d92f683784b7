import "reflect-metadata";
import { type GraphQLSchema, lexicographicSortSchema, printSchema } from "graphql";
import { buildSchemaSync, type PubSub } from "type-graphql";
import { DateTimeScalar } from "../../edge/graphql/scalars.js";
import { AttemptResolver, CallAttemptsResolver } from "../../features/calls/attempt.resolver.js";
import { JobCallsResolver, LlmCallResolver } from "../../features/calls/call.resolver.js";
import { CallStreamResolver } from "../../features/calls/call-stream.resolver.js";
import { CloseJobResolver } from "../../features/closing/close-job.resolver.js";
import { JobResolver } from "../../features/jobs/job.resolver.js";
import { CreditEntryJobResolver, TeamJobsResolver } from "../../features/jobs/job-edges.resolver.js";
import { LedgerAuditResolver } from "../../features/jobs/ledger-audit.resolver.js";
import { VirtualKeyResolver } from "../../features/keys/key.resolver.js";
import { ModelCircuitResolver } from "../../features/models/model-circuit.resolver.js";
import { ModelGroupResolver } from "../../features/models/model-group.resolver.js";
import { ModelPriceResolver } from "../../features/models/model-price.resolver.js";
import { OrganizationResolver } from "../../features/organizations/organization.resolver.js";
import { OrganizationTeamsResolver } from "../../features/teams/organization-teams.resolver.js";
import { TeamResolver } from "../../features/teams/team.resolver.js";
import { TeamCreditsResolver } from "../../features/teams/team-credits.resolver.js";
import { ViewerResolver } from "../../features/teams/viewer.resolver.js";

/**
 * Builds the whole GraphQL schema. The resolvers are in the order of the features. Services validate input, so
 * type-graphql does not.
 */
export function buildGraphqlSchema(): GraphQLSchema {
  return buildSchemaSync({
    resolvers: [
      ViewerResolver,
      OrganizationResolver,
      VirtualKeyResolver,
      ModelGroupResolver,
      ModelPriceResolver,
      ModelCircuitResolver,
      TeamResolver,
      TeamCreditsResolver,
      OrganizationTeamsResolver,
      JobResolver,
      TeamJobsResolver,
      CreditEntryJobResolver,
      LedgerAuditResolver,
      LlmCallResolver,
      JobCallsResolver,
      AttemptResolver,
      CallAttemptsResolver,
      CallStreamResolver,
      CloseJobResolver,
    ],
    orphanedTypes: [...CallStreamResolver.eventTypes],
    pubSub: noPubSub,
    scalarsMap: [{ type: Date, scalar: DateTimeScalar }],
    validate: false,
  });
}

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
