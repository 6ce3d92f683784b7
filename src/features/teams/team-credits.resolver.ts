import { Arg, Ctx, Mutation, Resolver } from "type-graphql";
import type { RequestContext } from "../../edge/context.js";
import { AddCreditsInput, AdjustCreditsInput } from "../credits/credit.input.js";
import { Team } from "./team.type.js";

@Resolver(() => Team)
export class TeamCreditsResolver {
  @Mutation(() => Team, {
    nullable: true,
    description:
      "Grants credits to a team and returns the team. Admin only, unless the gateway runs with TEAM_TOP_UP=allow: then also for the team itself. If it is sent twice without an idempotencyKey, it grants twice.",
  })
  async addCredits(
    @Ctx() { services, viewer }: RequestContext,
    @Arg("input", () => AddCreditsInput, { description: "The team and its credits." }) input: AddCreditsInput,
  ) {
    await services.credits.add(viewer, input);
    return services.teams.get(viewer, input.teamId);
  }

  @Mutation(() => Team, {
    nullable: true,
    description:
      "Corrects a team's credits, up or down, and returns the team; `allocated` changes with them. Held credits cannot be taken. Admin only. Throws INSUFFICIENT_CREDITS if fewer credits are available than are to be taken. If it is sent twice without an idempotencyKey, it corrects twice.",
  })
  async adjustCredits(
    @Ctx() { services, viewer }: RequestContext,
    @Arg("input", () => AdjustCreditsInput, { description: "The team and the correction." }) input: AdjustCreditsInput,
  ) {
    await services.credits.adjust(viewer, input);
    return services.teams.get(viewer, input.teamId);
  }
}
