import { Field, InputType, Int } from "type-graphql";
import { ArrayMaxSize, ArrayMinSize, IsInt, IsOptional, Max, Min } from "../../input/class-validator.js";
import { CallPlaceInput } from "../calls/question/call-place.input.js";
import { DIMENSIONS_MAX, INPUTS_MAX } from "../calls/question/json-question.js";

/** Their vectors may be written as digits. GraphQL writes an answer at once, and meanwhile nothing else has its turn. */
export const TEXTS_IN_DIGITS_MAX = 128;

@InputType({ description: "Texts whose vectors are asked of a model group." })
export class EmbedInput extends CallPlaceInput {
  @Field(() => [String], {
    description: `The texts: 1 to ${INPUTS_MAX}, none of them empty. At most ${TEXTS_IN_DIGITS_MAX} if \`vector\` is selected.`,
  })
  @ArrayMinSize(1)
  @ArrayMaxSize(INPUTS_MAX)
  readonly texts!: string[];

  @Field(() => Int, {
    nullable: true,
    description: `How many numbers each vector is to have: 1 to ${DIMENSIONS_MAX}. Not every model can be asked for that. Null leaves it to the model.`,
  })
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(DIMENSIONS_MAX)
  readonly dimensions?: number | null;
}
