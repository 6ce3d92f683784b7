import { Field, ID, Int, ObjectType } from "type-graphql";
import { connectionType } from "../../edge/graphql/connection.js";
import { DateTimeScalar } from "../../edge/graphql/scalars.js";

@ObjectType({ description: "A model in a group.", simpleResolvers: true })
export class GroupModel {
  @Field(() => String, { description: "As the upstream calls it." })
  readonly name!: string;

  @Field(() => Int, { description: "0 is tried first; equals are tried in the order in which they were listed." })
  readonly priority!: number;
}

@ObjectType({
  description:
    "A name that stands for an ordered list of models. Teams ask for groups; which models answer is the admin's to decide.",
  simpleResolvers: true,
})
export class ModelGroup {
  @Field(() => ID)
  readonly id!: string;

  @Field(() => ID, { description: "Chosen by the admin; what calls name as their `modelGroup`." })
  readonly name!: string;

  @Field(() => String)
  readonly displayName!: string;

  @Field(() => String, { nullable: true })
  readonly description!: string | null;

  @Field(() => DateTimeScalar)
  readonly createdAt!: Date;
}

export const ModelGroupConnection = connectionType(ModelGroup, "ModelGroup");
