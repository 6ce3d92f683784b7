import { Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import type { RequestContext } from "../../edge/context.js";
import { Billing } from "../budgets/billing.type.js";
import type { TeamRow } from "./team.service.js";
import { Team } from "./team.type.js";

@Resolver(() => Team)
export class TeamBillingResolver {
  @FieldResolver(() => Billing, { description: "How the team is billed, for jobs that are created now." })
  billing(@Root() team: TeamRow, @Ctx() { services, viewer }: RequestContext) {
    return services.billing.shown(viewer, team);
  }
}
