import { Field, ID, ObjectType } from "type-graphql";
import { connectionType } from "../../edge/graphql/connection.js";
import { DateTimeScalar, JsonObjectScalar } from "../../edge/graphql/scalars.js";
import type { JsonObject } from "../../lib/json.js";
import { VirtualKey } from "../keys/key.type.js";
import { AccountStatus } from "../organizations/organization.type.js";

@ObjectType({
  description: "Who works: holds virtual keys, credits and model groups, and opens jobs.",
  simpleResolvers: true,
})
export class Team {
  @Field(() => ID, { description: "Chosen by the admin." })
  readonly id!: string;

  @Field(() => String, { description: "A name for people." })
  readonly alias!: string;

  @Field(() => AccountStatus)
  readonly status!: AccountStatus;

  @Field(() => JsonObjectScalar, { description: "The admin's free data." })
  readonly metadata!: JsonObject;

  @Field(() => DateTimeScalar)
  readonly createdAt!: Date;

  @Field(() => DateTimeScalar)
  readonly updatedAt!: Date;
}

export const TeamConnection = connectionType(Team, "Team");

@ObjectType({ description: "A new team and its first key.", simpleResolvers: true })
export class CreateTeamPayload {
  @Field(() => Team)
  readonly team!: Team;

  @Field(() => String, { description: 'The secret of the first key in clear, this once: "sk-" and 64 hex digits.' })
  readonly virtualKey!: string;

  @Field(() => VirtualKey)
  readonly key!: VirtualKey;
}
