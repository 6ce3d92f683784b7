import { Ctx, FieldResolver, Query, Resolver, Root } from "type-graphql";
import { authorize } from "../../auth/policy.js";
import { type AdminViewer, type OrganizationViewer, personOf, type TeamViewer } from "../../auth/viewer.js";
import type { RequestContext } from "../../edge/context.js";
import { keyLoader } from "../keys/key.loader.js";
import { VirtualKey } from "../keys/key.type.js";
import { organizationKeyLoader } from "../keys/organization/organization-key.loader.js";
import { OrganizationKey } from "../keys/organization/organization-key.type.js";
import { organizationLoader } from "../organizations/organization.loader.js";
import { Organization } from "../organizations/organization.type.js";
import { teamLoader } from "./team.loader.js";
import { Team } from "./team.type.js";
import { OrganizationViewerType, PersonViewerType, TeamViewerType, ViewerUnion } from "./viewer.type.js";

@Resolver(() => TeamViewerType)
export class ViewerResolver {
  @Query(() => ViewerUnion, {
    nullable: true,
    description: "Returns who is asking. Throws UNAUTHENTICATED without a valid key or session.",
  })
  viewer(@Ctx() { viewer }: RequestContext) {
    authorize(viewer, "viewer.read");
    const person = personOf(viewer);
    if (person) return { ...viewer, ...person, id: person.subject };
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
  key(@Root() viewer: OrganizationViewer & { readonly keyId: string }, @Ctx() context: RequestContext) {
    return organizationKeyLoader(context).load(viewer.keyId);
  }
}

@Resolver(() => PersonViewerType)
export class PersonViewerResolver {
  @FieldResolver(() => Organization, {
    nullable: true,
    description: "The organization that the person belongs to. Null if the person reaches everything.",
  })
  organization(@Root() viewer: AdminViewer | OrganizationViewer, @Ctx() context: RequestContext) {
    return viewer.kind === "admin" ? null : organizationLoader(context).load(viewer.organizationId);
  }
}
