import { Field, Int, ObjectType } from "type-graphql";
import { connectionType } from "../../../edge/graphql/connection.js";
import { DateTimeScalar, DecimalScalar } from "../../../edge/graphql/scalars.js";

@ObjectType({ description: "What the admin says a model costs if the prompt is long.", simpleResolvers: true })
export class LongContextPrice {
  @Field(() => Int, { description: "A prompt of more tokens than this is long." })
  readonly thresholdTokens!: number;

  @Field(() => DecimalScalar, { description: "USD per million tokens of a long prompt." })
  readonly inputUsdPerMillionTokens!: string;

  @Field(() => DecimalScalar, { description: "USD per million tokens of the answer to a long prompt." })
  readonly outputUsdPerMillionTokens!: string;

  @Field(() => DecimalScalar, {
    nullable: true,
    description:
      "USD per million tokens of a long prompt that came from the upstream's cache. Null means that they cost what other tokens of a long prompt cost.",
  })
  readonly cachedInputUsdPerMillionTokens!: string | null;
}

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
