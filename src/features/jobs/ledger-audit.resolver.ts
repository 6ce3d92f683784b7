import { Arg, Ctx, ID, Query, Resolver } from "type-graphql";
import type { RequestContext } from "../../edge/context.js";
import { LedgerAudit } from "./ledger-audit.type.js";

/** It reads all that a team ever did: a document may ask for a few, not for fifty. */
const AUDIT_COMPLEXITY = 5_000;

@Resolver(() => LedgerAudit)
export class LedgerAuditResolver {
  @Query(() => LedgerAudit, {
    nullable: true,
    description:
      "Reckons a team's credits anew from its ledger and its jobs, and reports every difference from what is recorded. For the admin, and for the team itself. NOT_FOUND where there is no such team in reach of the key.",
    complexity: AUDIT_COMPLEXITY,
  })
  ledgerAudit(
    @Ctx() { services, viewer }: RequestContext,
    @Arg("teamId", () => ID, { description: "The team." }) teamId: string,
  ) {
    return services.ledgerAudit.audit(viewer, teamId);
  }
}
