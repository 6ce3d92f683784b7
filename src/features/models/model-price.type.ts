import { Field, ObjectType } from "type-graphql";
import { connectionType } from "../../edge/graphql/connection.js";
import { DateTimeScalar } from "../../edge/graphql/scalars.js";

@ObjectType({
  description:
    "What the admin says a model costs. It comes before the upstream's own figure and the public price table; calls say ADMIN_PRICE.",
  simpleResolvers: true,
})
export class ModelPrice {
  @Field(() => String, { description: "As the upstream calls it." })
  readonly model!: string;

  @Field(() => DateTimeScalar, { description: "When the model was first given a price." })
  readonly createdAt!: Date;

  @Field(() => DateTimeScalar, { description: "When this price was set. It counts for calls admitted since." })
  readonly updatedAt!: Date;
}

export const ModelPriceConnection = connectionType(ModelPrice, "ModelPrice");
