import { IsInt, IsOptional, Max, Min, NotEquals } from "class-validator";
import { Field, ID, InputType, Int } from "type-graphql";
import { IsText } from "../../input/rules.js";
import { IdempotentInput } from "../idempotency/idempotent.input.js";
import { CREDITS_MAX } from "./ledger.js";

@InputType({ description: "Credits for a team." })
export class AddCreditsInput extends IdempotentInput {
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

@InputType({ description: "A correction of a team's credits." })
export class AdjustCreditsInput extends IdempotentInput {
  @Field(() => ID)
  readonly teamId!: string;

  @Field(() => Int, { description: "Whole credits: more than 0 to give, less than 0 to take." })
  @IsInt()
  @NotEquals(0, { message: "must not be 0" })
  @Min(-CREDITS_MAX)
  @Max(CREDITS_MAX)
  readonly credits!: number;

  @Field(() => String, { description: "Why, 1 to 500 characters; kept in the ledger." })
  @IsText(500)
  readonly reason!: string;
}
