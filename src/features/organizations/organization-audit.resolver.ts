import { Args, Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import type { RequestContext } from "../../edge/context.js";
import { pageComplexity } from "../../edge/graphql/complexity.js";
import { AuditEntriesArgs } from "../audit/audit.input.js";
import { auditEntriesOfOrganizationLoader } from "../audit/audit.loader.js";
import { AuditEntryConnection } from "../audit/audit.type.js";
import type { OrganizationRow } from "./organization.service.js";
import { Organization } from "./organization.type.js";

@Resolver(() => Organization)
export class OrganizationAuditResolver {
  @FieldResolver(() => AuditEntryConnection, {
    nullable: true,
    description:
      "What was done to the organization, its teams and their keys by those who administer, newest first. Null, with FORBIDDEN, to a team.",
    complexity: pageComplexity,
  })
  auditEntries(
    @Root() organization: OrganizationRow,
    @Ctx() context: RequestContext,
    @Args(() => AuditEntriesArgs) args: AuditEntriesArgs,
  ) {
    return auditEntriesOfOrganizationLoader(context).load({ parentId: organization.id, args });
  }
}
