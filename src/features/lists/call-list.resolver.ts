import { Args, Ctx, FieldResolver, Query, Resolver, Root } from "type-graphql";
import type { RequestContext } from "../../edge/context.js";
import { pageComplexity } from "../../edge/graphql/complexity.js";
import { toConnection } from "../../edge/graphql/connection.js";
import { LlmCall, LlmCallConnection } from "../calls/call.type.js";
import type { TeamRow } from "../teams/team.service.js";
import { Team } from "../teams/team.type.js";
import { LlmCallsArgs } from "./call-filter.input.js";
import { callsOfTeamLoader } from "./call-list.loader.js";

@Resolver(() => LlmCall)
export class CallListResolver {
  @Query(() => LlmCallConnection, {
    nullable: true,
    description: "Lists the calls that the key reaches, in all jobs, as a rule newest first.",
    complexity: pageComplexity,
  })
  async llmCalls(@Ctx() { services, viewer }: RequestContext, @Args(() => LlmCallsArgs) args: LlmCallsArgs) {
    return toConnection(await services.callLists.list(viewer, args));
  }
}

@Resolver(() => Team)
export class TeamCallsResolver {
  @FieldResolver(() => LlmCallConnection, {
    description: "The team's calls, in all of its jobs, as a rule newest first.",
    complexity: pageComplexity,
  })
  llmCalls(@Root() team: TeamRow, @Ctx() context: RequestContext, @Args(() => LlmCallsArgs) args: LlmCallsArgs) {
    return callsOfTeamLoader(context).load({ parentId: team.id, args });
  }
}
