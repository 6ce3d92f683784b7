import { Args, Ctx, Query, Resolver } from "type-graphql";
import type { RequestContext } from "../../edge/context.js";
import { AuditCheck, AuditCheckArgs } from "./audit-check.type.js";

/** A check reads much. A document may ask for a few, but not for fifty. */
const CHECK_COMPLEXITY = 5_000;

@Resolver(() => AuditCheck)
export class AuditCheckResolver {
  @Query(() => AuditCheck, {
    nullable: true,
    description:
      "Recomputes the hashes of the audit, line by line, and tells the first line that was changed, taken out or put in. Admin only. The check of a long audit takes several requests: while `isComplete` is false, ask again with `after` set to `lastSequence`.",
    complexity: CHECK_COMPLEXITY,
  })
  auditCheck(@Ctx() { services, viewer }: RequestContext, @Args(() => AuditCheckArgs) { after }: AuditCheckArgs) {
    return services.auditCheck.check(viewer, after ?? 0);
  }
}
