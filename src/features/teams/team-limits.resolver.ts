import { Arg, Ctx, FieldResolver, ID, Mutation, Resolver, Root } from "type-graphql";
import type { RequestContext } from "../../edge/context.js";
import { Limits } from "../limits/limits.type.js";
import type { TeamRow } from "./team.service.js";
import { Team } from "./team.type.js";

/** How often the limits of keys refused is counted at each key. */
const NOT_COUNTED = 0n;

@Resolver(() => Team)
export class TeamLimitsResolver {
  @Mutation(() => Team, {
    nullable: true,
    description:
      "Empties the counters of a team's limits: its minutes begin anew, `wouldRefuse` is 0, and what its unpaid jobs have cost today counts no more. The limits stay, calls that run are still counted, and its keys keep their own counters. With Redis this holds for every process, without it for the one that is asked. For the admin, and for a key of the organization. Throws NOT_FOUND if there is no such team, and INVALID_STATE if it is deleted.",
  })
  resetTeamCounters(
    @Ctx() { services, viewer }: RequestContext,
    @Arg("id", () => ID, { description: "The id of the team." }) id: string,
  ) {
    return services.teams.resetCounters(viewer, id);
  }

  @FieldResolver(() => Limits, { description: "What all calls of the team together are limited to." })
  limits(@Root() team: TeamRow, @Ctx() { services }: RequestContext) {
    return services.limitSettings.shown(team.limits, team.wouldRefuse);
  }

  @FieldResolver(() => Limits, {
    description:
      "What the calls of each of its keys are limited to, where the key has no limit of its own. Its `wouldRefuse` is always 0, because each key has its own count.",
  })
  defaultKeyLimits(@Root() team: TeamRow, @Ctx() { services }: RequestContext) {
    return services.limitSettings.shown(team.defaultKeyLimits, NOT_COUNTED);
  }
}
