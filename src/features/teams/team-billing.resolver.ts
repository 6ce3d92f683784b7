import { FieldResolver, Resolver, Root } from "type-graphql";
import { Billing } from "../budgets/billing.type.js";
import { billingOf } from "../budgets/billing-settings.js";
import type { TeamRow } from "./team.service.js";
import { Team } from "./team.type.js";

@Resolver(() => Team)
export class TeamBillingResolver {
  @FieldResolver(() => Billing, { description: "How the team is billed, for jobs that are created now." })
  billing(@Root() team: TeamRow) {
    return billingOf(team);
  }
}
