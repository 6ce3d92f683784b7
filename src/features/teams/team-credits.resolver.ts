import { Arg, Ctx, Mutation, Resolver } from "type-graphql";
import type { RequestContext } from "../../edge/context.js";
import { AddCreditsInput, AdjustCreditsInput } from "../credits/credit.input.js";
import { Team } from "./team.type.js";

@Resolver(() => Team)
export class TeamCreditsResolver {
  @Mutation(() => Team, {
    nullable: true,
    description:
      "Grants credits to a team. Admin only, unless the gateway runs with TEAM_TOP_UP=allow. Sent twice without an idempotencyKey, it grants twice.",
  })
  async addCredits(
    @Ctx() { services, viewer }: RequestContext,
    @Arg("input", () => AddCreditsInput) input: AddCreditsInput,
  ) {
    await services.credits.add(viewer, input);
    return services.teams.get(viewer, input.teamId);
  }

  @Mutation(() => Team, {
    nullable: true,
    description:
      "Corrects a team's credits, up or down; `allocated` moves with it. Admin only. INSUFFICIENT_CREDITS where fewer are available than are to be taken: held credits cannot be. Sent twice without an idempotencyKey, it corrects twice.",
  })
  async adjustCredits(
    @Ctx() { services, viewer }: RequestContext,
    @Arg("input", () => AdjustCreditsInput) input: AdjustCreditsInput,
  ) {
    await services.credits.adjust(viewer, input);
    return services.teams.get(viewer, input.teamId);
  }
}
