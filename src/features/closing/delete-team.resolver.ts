import { Arg, Ctx, ID, Mutation, Resolver } from "type-graphql";
import type { RequestContext } from "../../edge/context.js";
import { Team } from "../teams/team.type.js";

@Resolver(() => Team)
export class DeleteTeamResolver {
  @Mutation(() => Team, {
    nullable: true,
    description:
      "Deletes a team for ever: its keys are revoked, its running calls are cancelled, and its open jobs end as CANCELLED, which is free. What it has done, and its ledger, are kept for the admin, with the status DELETED; to all others it does not exist any more. Its id is never given out again. Credits that are left stay with it: transfer them before, or let the admin transfer them later. Repeating it changes nothing. For the admin and an organization's key. Throws NOT_FOUND if there is no such team.",
  })
  deleteTeam(
    @Ctx() { services, viewer }: RequestContext,
    @Arg("id", () => ID, { description: "The id of the team." }) id: string,
  ) {
    return services.teamCloser.delete(viewer, id);
  }
}
