import { Field, ID, ObjectType } from "type-graphql";
import { connectionType } from "../../edge/graphql/connection.js";
import { Node } from "../../edge/graphql/node.type.js";
import { DateTimeScalar, JsonObjectScalar } from "../../edge/graphql/scalars.js";
import type { JsonObject } from "../../lib/json/json.js";
import { VirtualKey } from "../keys/key.type.js";
import { AccountStatus } from "../organizations/organization.type.js";

@ObjectType({
  implements: Node,
  description: "A team works for an organization. It holds virtual keys, credits and model groups, and opens jobs.",
  simpleResolvers: true,
})
export class Team implements Node {
  @Field(() => ID, { description: "The id, which was chosen when the team was created." })
  readonly id!: string;

  @Field(() => String, { description: "The name, for people." })
  readonly alias!: string;

  @Field(() => AccountStatus, { description: "Whether the team can work." })
  readonly status!: AccountStatus;

  @Field(() => JsonObjectScalar, { description: "Free data of those who manage the team." })
  readonly metadata!: JsonObject;

  @Field(() => DateTimeScalar, { description: "When the team was created." })
  readonly createdAt!: Date;

  @Field(() => DateTimeScalar, { description: "When the team was last changed." })
  readonly updatedAt!: Date;
}

export const TeamConnection = connectionType(Team, "Team", "teams");

@ObjectType({ description: "A new team and its first key.", simpleResolvers: true })
export class CreateTeamPayload {
  @Field(() => Team, { description: "The team." })
  readonly team!: Team;

  @Field(() => String, {
    description: 'The secret of the first key in clear: "sk-" and 64 hex digits. It is shown only this once.',
  })
  readonly virtualKey!: string;

  @Field(() => VirtualKey, { description: "The first key, without its secret." })
  readonly key!: VirtualKey;
}
