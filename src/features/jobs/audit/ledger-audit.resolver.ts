import { Arg, Ctx, ID, Query, Resolver } from "type-graphql";
import type { RequestContext } from "../../../edge/context.js";
import { LedgerAudit } from "./ledger-audit.type.js";

/** An audit reads everything that a team ever did. A document may ask for a few audits, but not for fifty. */
const AUDIT_COMPLEXITY = 5_000;

@Resolver(() => LedgerAudit)
export class LedgerAuditResolver {
  @Query(() => LedgerAudit, {
    nullable: true,
    description:
      "Recomputes a team's credits from its ledger and its jobs, and reports every difference from what is recorded. For the admin, and for the team itself. Throws NOT_FOUND if the key reaches no such team.",
    complexity: AUDIT_COMPLEXITY,
  })
  ledgerAudit(
    @Ctx() { services, viewer }: RequestContext,
    @Arg("teamId", () => ID, { description: "The id of the team." }) teamId: string,
  ) {
    return services.ledgerAudit.audit(viewer, teamId);
  }
}
