import { Field, Int, ObjectType } from "type-graphql";
import { VectorScalar } from "../../edge/graphql/scalars.js";
import { LlmCall } from "../calls/call.type.js";
import { TEXTS_IN_DIGITS_MAX } from "./embed.input.js";

/** GraphQL writes an answer at once. So an operation has vectors twice at most, whatever names it gives them. */
const VECTOR_COMPLEXITY = 20_000;
const EMBEDDINGS_COMPLEXITY = 20;

@ObjectType({ description: "The vector of one text.", simpleResolvers: true })
export class Embedding {
  @Field(() => Int, { description: "The place of the text in `texts`, from 0." })
  readonly index!: number;

  @Field(() => VectorScalar, {
    description: `The numbers of the vector. Of more than ${TEXTS_IN_DIGITS_MAX} texts, ask for base64 instead.`,
    complexity: VECTOR_COMPLEXITY,
  })
  readonly vector!: unknown;

  @Field(() => String, {
    nullable: true,
    description:
      "The same in base64, as numbers of 4 bytes with the lowest byte first. Null if the model makes several vectors of one text.",
    complexity: VECTOR_COMPLEXITY,
  })
  readonly base64!: string | null;
}

@ObjectType({ description: "The vectors of some texts, and the call that made them.", simpleResolvers: true })
export class EmbedPayload {
  @Field(() => LlmCall, { description: "The call. Its usage and cost are those of all texts together." })
  readonly call!: LlmCall;

  @Field(() => [Embedding], {
    nullable: true,
    description:
      "A vector for each text, in the order of the texts. Null if the call did not succeed: see `call.error`.",
    complexity: ({ childComplexity }) => EMBEDDINGS_COMPLEXITY + childComplexity,
  })
  readonly embeddings!: Embedding[] | null;
}
