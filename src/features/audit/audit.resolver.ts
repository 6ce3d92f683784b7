import { Args, Ctx, FieldResolver, Query, Resolver, Root } from "type-graphql";
import type { RequestContext } from "../../edge/context.js";
import { pageComplexity } from "../../edge/graphql/complexity.js";
import { toConnection } from "../../edge/graphql/connection.js";
import { JsonObjectScalar, SafeIntScalar } from "../../edge/graphql/scalars.js";
import { AuditEntriesArgs } from "./audit.input.js";
import { type AuditEntryRow, shownOf } from "./audit.service.js";
import { AuditEntry, AuditEntryConnection } from "./audit.type.js";

@Resolver(() => AuditEntry)
export class AuditResolver {
  @Query(() => AuditEntryConnection, {
    nullable: true,
    description:
      "Lists what was done by those who administer, newest first. The admin sees all of it, and an organization's key what was done to its organization. Throws FORBIDDEN to a team's key.",
    complexity: pageComplexity,
  })
  async auditEntries(
    @Ctx() { services, viewer }: RequestContext,
    @Args(() => AuditEntriesArgs) args: AuditEntriesArgs,
  ) {
    return toConnection(await services.audit.list(viewer, args));
  }

  @FieldResolver(() => SafeIntScalar, {
    description: "The number of the line among all lines: 1, 2, 3 ... without a gap.",
  })
  sequence(@Root() entry: AuditEntryRow) {
    return Number(entry.sequence);
  }

  @FieldResolver(() => JsonObjectScalar, {
    nullable: true,
    description:
      "What the act has changed, as it was before: public fields by their names. It has no secret. Null if the subject is new.",
  })
  before(@Root() entry: AuditEntryRow) {
    return shownOf(entry.before);
  }

  @FieldResolver(() => JsonObjectScalar, {
    nullable: true,
    description: "The same as it was after the act. Null if the subject is not there any more.",
  })
  after(@Root() entry: AuditEntryRow) {
    return shownOf(entry.after);
  }
}
