import { Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import type { RequestContext } from "../../edge/context.js";
import { loaderById } from "../../edge/graphql/loaders.js";
import { DecimalScalar } from "../../edge/graphql/scalars.js";
import { Billing } from "./billing.type.js";
import { shownCost } from "./shown-cost.js";

const unpaidCostLoader = loaderById(
  (services, teamIds) => services.billing.unpaidCosts(teamIds),
  ({ teamId }) => teamId,
);

@Resolver(() => Billing)
export class BillingResolver {
  @FieldResolver(() => DecimalScalar, {
    description:
      "USD. What counts towards unpaidCostUsdPerDay now: the cost of jobs that ended today, UTC, as FAILED, CANCELLED or EXPIRED, the part that jobs which completed today did not pay for, because there were not enough credits, and the cost of all open jobs so far. The admin sees it without the markup, and everybody else with it.",
  })
  async unpaidCostUsdToday(@Root() { teamId, markupMillionths }: Billing, @Ctx() context: RequestContext) {
    const cost = await unpaidCostLoader(context).load(teamId);
    return shownCost(context.viewer, cost?.costNanoUsd ?? 0n, markupMillionths);
  }
}
