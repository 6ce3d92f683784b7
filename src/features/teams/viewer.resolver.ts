import { Ctx, FieldResolver, Query, Resolver, Root } from "type-graphql";
import { authorize } from "../../auth/policy.js";
import type { OrganizationViewer, TeamViewer } from "../../auth/viewer.js";
import type { RequestContext } from "../../edge/context.js";
import { keyLoader } from "../keys/key.loader.js";
import { VirtualKey } from "../keys/key.type.js";
import { organizationKeyLoader } from "../keys/organization/organization-key.loader.js";
import { OrganizationKey } from "../keys/organization/organization-key.type.js";
import { organizationLoader } from "../organizations/organization.loader.js";
import { Organization } from "../organizations/organization.type.js";
import { teamLoader } from "./team.loader.js";
import { Team } from "./team.type.js";
import { OrganizationViewerType, TeamViewerType, ViewerUnion } from "./viewer.type.js";

@Resolver(() => TeamViewerType)
export class ViewerResolver {
  @Query(() => ViewerUnion, {
    nullable: true,
    description: "Returns who is asking. Throws UNAUTHENTICATED without a valid key.",
  })
  viewer(@Ctx() { viewer }: RequestContext) {
    authorize(viewer, "viewer.read");
    return viewer.kind === "admin" ? { ...viewer, name: "admin" } : viewer;
  }

  @FieldResolver(() => Team, { description: "The team that the key belongs to." })
  team(@Root() viewer: TeamViewer, @Ctx() context: RequestContext) {
    return teamLoader(context).load(viewer.teamId);
  }

  @FieldResolver(() => VirtualKey, { description: "The key that was sent." })
  key(@Root() viewer: TeamViewer, @Ctx() context: RequestContext) {
    return keyLoader(context).load(viewer.keyId);
  }
}

@Resolver(() => OrganizationViewerType)
export class OrganizationViewerResolver {
  @FieldResolver(() => Organization, { description: "The organization that the key belongs to." })
  organization(@Root() viewer: OrganizationViewer, @Ctx() context: RequestContext) {
    return organizationLoader(context).load(viewer.organizationId);
  }

  @FieldResolver(() => OrganizationKey, { description: "The key that was sent." })
  key(@Root() viewer: OrganizationViewer, @Ctx() context: RequestContext) {
    return organizationKeyLoader(context).load(viewer.keyId);
  }
}
