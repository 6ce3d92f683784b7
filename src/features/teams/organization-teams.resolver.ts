import { Args, Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import type { RequestContext } from "../../edge/context.js";
import { pageComplexity } from "../../edge/graphql/complexity.js";
import { PageArgs } from "../../edge/graphql/connection.js";
import type { OrganizationRow } from "../organizations/organization.service.js";
import { Organization } from "../organizations/organization.type.js";
import { teamsOfOrganizationLoader } from "./team.loader.js";
import { TeamConnection } from "./team.type.js";

@Resolver(() => Organization)
export class OrganizationTeamsResolver {
  @FieldResolver(() => TeamConnection, {
    description: "Its teams in order of id. A team's key sees only its own team.",
    complexity: pageComplexity,
  })
  teams(@Root() organization: OrganizationRow, @Ctx() context: RequestContext, @Args(() => PageArgs) args: PageArgs) {
    return teamsOfOrganizationLoader(context).load({ parentId: organization.id, args });
  }
}
