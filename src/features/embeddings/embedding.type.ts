import { Field, Int, ObjectType } from "type-graphql";
import { VectorScalar } from "../../edge/graphql/scalars.js";
import { LlmCall } from "../calls/call.type.js";

@ObjectType({ description: "The vector of one text.", simpleResolvers: true })
export class Embedding {
  @Field(() => Int, { description: "The place of the text in `texts`, from 0." })
  readonly index!: number;

  @Field(() => VectorScalar, { description: "The numbers of the vector." })
  readonly vector!: unknown;
}

@ObjectType({ description: "The vectors of some texts, and the call that made them.", simpleResolvers: true })
export class EmbedPayload {
  @Field(() => LlmCall, { description: "The call. Its usage and cost are those of all texts together." })
  readonly call!: LlmCall;

  @Field(() => [Embedding], {
    nullable: true,
    description:
      "A vector for each text, in the order of the texts. Null if the call did not succeed: see `call.error`.",
    complexity: 20,
  })
  readonly embeddings!: Embedding[] | null;
}
