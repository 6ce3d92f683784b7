import { createUnionType, Field, ObjectType } from "type-graphql";
import type { KnownViewer } from "../../auth/viewer.js";
import { VirtualKey } from "../keys/key.type.js";
import { OrganizationKey } from "../keys/organization/organization-key.type.js";
import { Organization } from "../organizations/organization.type.js";
import { Team } from "./team.type.js";

@ObjectType("AdminViewer", { description: "The holder of the admin key.", simpleResolvers: true })
class AdminViewerType {
  @Field(() => String, { description: 'Always "admin", because there is one admin key.' })
  readonly name!: string;
}

@ObjectType("OrganizationViewer", { description: "The holder of an organization's key, which manages its teams." })
export class OrganizationViewerType {
  @Field(() => Organization, { description: "The organization that the key belongs to." })
  readonly organization!: Organization;

  @Field(() => OrganizationKey, { description: "The key that was sent." })
  readonly key!: OrganizationKey;
}

@ObjectType("TeamViewer", { description: "The holder of a team's virtual key." })
export class TeamViewerType {
  @Field(() => Team, { description: "The team that the key belongs to." })
  readonly team!: Team;

  @Field(() => VirtualKey, { description: "The key that was sent." })
  readonly key!: VirtualKey;
}

export const ViewerUnion = createUnionType({
  name: "Viewer",
  description: "Who is asking, by the key that was sent.",
  types: () => [AdminViewerType, OrganizationViewerType, TeamViewerType] as const,
});

const TYPE_NAMES = { admin: "AdminViewer", organization: "OrganizationViewer", team: "TeamViewer" } as const;

/** Returns the name of the type of a viewer. */
export const viewerTypeName = ({ kind }: KnownViewer): string => TYPE_NAMES[kind];
