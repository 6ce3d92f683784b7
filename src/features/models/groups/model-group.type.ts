import { Field, ID, Int, ObjectType } from "type-graphql";
import { connectionType } from "../../../edge/graphql/connection.js";
import { DateTimeScalar } from "../../../edge/graphql/scalars.js";

@ObjectType({ description: "A model in a group.", simpleResolvers: true })
export class GroupModel {
  @Field(() => String, {
    description:
      'The model, as "<upstream>/<model>", or without the name of an upstream if it is a model of the upstream "default".',
  })
  readonly name!: string;

  @Field(() => Int, {
    description:
      "The order in which models are tried: 0 is first. Models of equal priority are tried in the order in which they were listed, or drawn by weight if one of them has a weight.",
  })
  readonly priority!: number;

  @Field(() => Int, {
    nullable: true,
    description:
      "The model's share among the models of its priority, from 1 to 1000. Null means that it has no weight of its own: it counts as 1 if another model of its priority has a weight.",
  })
  readonly weight!: number | null;
}

@ObjectType({
  description:
    "A name that stands for an ordered list of models. Teams ask for groups. The admin decides which models answer.",
  simpleResolvers: true,
})
export class ModelGroup {
  @Field(() => ID, { description: "A UUID." })
  readonly id!: string;

  @Field(() => ID, { description: "The name, which the admin chose. Calls give it as their `modelGroup`." })
  readonly name!: string;

  @Field(() => String, { description: "The name that is shown to people." })
  readonly displayName!: string;

  @Field(() => String, { description: "What the group is for. Null if the admin did not say.", nullable: true })
  readonly description!: string | null;

  @Field(() => [String], {
    description: "The names that calls may pass on in providerOptions beyond those that every group allows.",
  })
  readonly allowedOptions!: unknown;

  @Field(() => Int, {
    nullable: true,
    description: "The most tokens that an answer may have. Null means that the group sets no limit.",
  })
  readonly maxOutputTokens!: number | null;

  @Field(() => DateTimeScalar, { description: "When the group was created." })
  readonly createdAt!: Date;
}

export const ModelGroupConnection = connectionType(ModelGroup, "ModelGroup", "model groups");
