import { Arg, Args, Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import type { RequestContext } from "../../edge/context.js";
import { listComplexity, pageComplexity } from "../../edge/graphql/complexity.js";
import { VirtualKeyFilter, VirtualKeysArgs } from "../keys/key.input.js";
import { keysOfTeamLoader, virtualKeysOfOrganizationLoader } from "../keys/key.loader.js";
import type { VirtualKeyRow } from "../keys/key.service.js";
import { VirtualKey, VirtualKeyConnection } from "../keys/key.type.js";
import { modelGroupsOfTeamLoader } from "../models/groups/model-group.loader.js";
import { ModelGroup } from "../models/groups/model-group.type.js";
import type { OrganizationRow } from "../organizations/organization.service.js";
import { Organization } from "../organizations/organization.type.js";
import { teamLoader } from "./team.loader.js";
import type { TeamRow } from "./team.service.js";
import { Team } from "./team.type.js";

@Resolver(() => Team)
export class TeamKeysResolver {
  @FieldResolver(() => [VirtualKey], {
    description:
      "Its keys without their secrets, oldest first, and after them those that are revoked. At most 100 are listed.",
    complexity: listComplexity,
  })
  virtualKeys(
    @Root() team: TeamRow,
    @Ctx() context: RequestContext,
    @Arg("filter", () => VirtualKeyFilter, { nullable: true, description: "Which keys are listed. Null means all." })
    filter: VirtualKeyFilter | null,
  ) {
    return keysOfTeamLoader(context).load({ parentId: team.id, args: filter });
  }
}

@Resolver(() => Organization)
export class OrganizationVirtualKeysResolver {
  @FieldResolver(() => VirtualKeyConnection, {
    description:
      "The keys of its teams without their secrets, newest first. Those of deleted teams are left out. A team's key sees only those of its own team.",
    complexity: pageComplexity,
  })
  virtualKeys(
    @Root() organization: OrganizationRow,
    @Ctx() context: RequestContext,
    @Args(() => VirtualKeysArgs) args: VirtualKeysArgs,
  ) {
    return virtualKeysOfOrganizationLoader(context).load({ parentId: organization.id, args });
  }
}

@Resolver(() => VirtualKey)
export class VirtualKeyEdgesResolver {
  @FieldResolver(() => Team, { description: "The team that the key belongs to." })
  team(@Root() key: VirtualKeyRow, @Ctx() context: RequestContext) {
    return teamLoader(context).load(key.teamId);
  }

  @FieldResolver(() => [ModelGroup], {
    nullable: true,
    description:
      "The model groups that calls with the key may name, if it is limited to some of its team's. A group that the team has lost is not among them. Null means all groups of the team.",
    complexity: listComplexity,
  })
  async modelGroups(@Root() key: VirtualKeyRow, @Ctx() context: RequestContext) {
    if (key.modelGroups === null) return null;
    const names = key.modelGroups as string[];
    return (await modelGroupsOfTeamLoader(context).load(key.teamId)).filter(({ name }) => names.includes(name));
  }
}
