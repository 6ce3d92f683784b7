import { createUnionType, Field, ObjectType } from "type-graphql";
import { VirtualKey } from "../keys/key.type.js";
import { Team } from "./team.type.js";

@ObjectType("AdminViewer", { description: "The holder of the admin key.", simpleResolvers: true })
class AdminViewerType {
  @Field(() => String, { description: 'Always "admin", because there is one admin key.' })
  readonly name!: string;
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
  types: () => [AdminViewerType, TeamViewerType] as const,
});

/** Returns the name of the type of a viewer. */
export const viewerTypeName = (viewer: object): string => ("name" in viewer ? "AdminViewer" : "TeamViewer");
