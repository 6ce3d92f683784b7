import { Field, ObjectType } from "type-graphql";
import { connectionType } from "../../../edge/graphql/connection.js";
import { DateTimeScalar } from "../../../edge/graphql/scalars.js";

@ObjectType({
  description:
    "What the admin says a model costs. This price comes before the upstream's own figure and before the public price table. Calls that use it say ADMIN_PRICE.",
  simpleResolvers: true,
})
export class ModelPrice {
  @Field(() => String, { description: "The name by which the upstream knows the model." })
  readonly model!: string;

  @Field(() => DateTimeScalar, { description: "When the model was first given a price." })
  readonly createdAt!: Date;

  @Field(() => DateTimeScalar, {
    description: "When this price was set. It applies to calls that were admitted since.",
  })
  readonly updatedAt!: Date;
}

export const ModelPriceConnection = connectionType(ModelPrice, "ModelPrice", "model prices");
