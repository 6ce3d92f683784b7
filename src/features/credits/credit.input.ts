import { IsInt, IsOptional, Max, Min } from "class-validator";
import { Field, ID, InputType, Int } from "type-graphql";
import { IsText } from "../../edge/validate.js";
import { CREDITS_MAX } from "./ledger.js";

@InputType({ description: "Credits for a team." })
export class AddCreditsInput {
  @Field(() => ID)
  readonly teamId!: string;

  @Field(() => Int, { description: "Whole credits, 1 or more." })
  @IsInt()
  @Min(1)
  @Max(CREDITS_MAX)
  readonly credits!: number;

  @Field(() => String, { nullable: true, description: "Why, 1 to 500 characters; kept in the ledger." })
  @IsOptional()
  @IsText(500)
  readonly reason?: string | null;
}
