import { createUnionType, Field, ID, ObjectType, registerEnumType } from "type-graphql";
import { type KnownViewer, personOf } from "../../auth/viewer.js";
import { DateTimeScalar } from "../../edge/graphql/scalars.js";
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

export enum PersonRole {
  ADMIN = "ADMIN",
  ORGANIZATION = "ORGANIZATION",
  VIEWER = "VIEWER",
}
registerEnumType(PersonRole, {
  name: "PersonRole",
  description: "What a person may do who has signed in.",
  valuesConfig: {
    ADMIN: { description: "What the admin key may do." },
    ORGANIZATION: { description: "What a key of the person's organization may do." },
    VIEWER: {
      description:
        "Reads what an ADMIN reads, or if the person has an organization what ORGANIZATION reads. Changes nothing.",
    },
  },
});

@ObjectType("PersonViewer", {
  description: "A person who has signed in through the OpenID provider, and whose session came in a cookie.",
})
export class PersonViewerType {
  @Field(() => ID, {
    description: "The provider's id of the person. The audit and the ledger call the person `person:<this id>`.",
  })
  readonly id!: string;

  @Field(() => String, {
    description: "What the provider calls the person: the name, the e-mail address, or else the id.",
  })
  readonly name!: string;

  @Field(() => PersonRole, { description: "What the person may do." })
  readonly role!: PersonRole;

  @Field(() => Organization, {
    nullable: true,
    description: "The organization that the person belongs to. Null if the person reaches everything.",
  })
  readonly organization?: Organization | null;

  @Field(() => DateTimeScalar, { description: "When the session ends. The person then signs in again." })
  readonly expiresAt!: Date;
}

export const ViewerUnion = createUnionType({
  name: "Viewer",
  description: "Who is asking, by the key that was sent, or by the session of a person.",
  types: () => [AdminViewerType, OrganizationViewerType, TeamViewerType, PersonViewerType] as const,
});

const TYPE_NAMES = { admin: "AdminViewer", organization: "OrganizationViewer", team: "TeamViewer" } as const;

/** Returns the name of the type of a viewer. */
export const viewerTypeName = (viewer: KnownViewer): string =>
  personOf(viewer) ? "PersonViewer" : TYPE_NAMES[viewer.kind];
