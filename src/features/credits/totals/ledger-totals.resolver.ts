import { Ctx, Query, Resolver } from "type-graphql";
import type { RequestContext } from "../../../edge/context.js";
import { LedgerTotals } from "./ledger-totals.type.js";

/** The totals read all accounts. A document may ask for a few of them, but not for fifty. */
const TOTALS_COMPLEXITY = 5_000;

@Resolver(() => LedgerTotals)
export class LedgerTotalsResolver {
  @Query(() => LedgerTotals, {
    nullable: true,
    description:
      "Adds up the credits of the whole gateway, and says whether they come out even. `ledgerAudit` proves each team's figures from its entries. Admin only.",
    complexity: TOTALS_COMPLEXITY,
  })
  ledgerTotals(@Ctx() { services, viewer }: RequestContext) {
    return services.credits.totals(viewer);
  }
}
