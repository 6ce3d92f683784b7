import { Args, Ctx, Query, Resolver } from "type-graphql";
import type { RequestContext } from "../../../edge/context.js";
import { LedgerAudit, LedgerAuditArgs } from "./ledger-audit.type.js";

/** An audit reads much. A document may ask for a few audits, but not for fifty. */
const AUDIT_COMPLEXITY = 5_000;

@Resolver(() => LedgerAudit)
export class LedgerAuditResolver {
  @Query(() => LedgerAudit, {
    nullable: true,
    description:
      "Recomputes a team's credits from its ledger and its jobs, and reports every difference from what is recorded. For the admin, the team's organization and the team itself. Throws NOT_FOUND if the key reaches no such team. The audit of a long ledger takes several requests: while `isComplete` is false, ask again with `after` set to `endCursor`.",
    complexity: AUDIT_COMPLEXITY,
  })
  ledgerAudit(@Ctx() { services, viewer }: RequestContext, @Args(() => LedgerAuditArgs) args: LedgerAuditArgs) {
    return services.ledgerAudit.audit(viewer, args);
  }
}
