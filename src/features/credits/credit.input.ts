import { Field, ID, InputType, Int } from "type-graphql";
import { IsInt, IsOptional, Max, Min, NotEquals } from "../../input/class-validator.js";
import { IsText } from "../../input/rules.js";
import { IdempotentInput } from "../idempotency/idempotent.input.js";
import { CREDITS_MAX } from "./ledger.js";

@InputType({ description: "Credits for a team." })
export class AddCreditsInput extends IdempotentInput {
  @Field(() => ID, { description: "The team that gets the credits." })
  readonly teamId!: string;

  @Field(() => Int, { description: "The number of credits: 1 or more." })
  @IsInt()
  @Min(1)
  @Max(CREDITS_MAX)
  readonly credits!: number;

  @Field(() => String, {
    nullable: true,
    description: "Why the team gets them: 1 to 500 characters. It is kept in the ledger. Null means no reason.",
  })
  @IsOptional()
  @IsText(500)
  readonly reason?: string | null;
}

@InputType({ description: "A correction of a team's credits." })
export class AdjustCreditsInput extends IdempotentInput {
  @Field(() => ID, { description: "The team whose credits are corrected." })
  readonly teamId!: string;

  @Field(() => Int, { description: "The number of credits: more than 0 gives them, less than 0 takes them." })
  @IsInt()
  @NotEquals(0, { message: "must not be 0" })
  @Min(-CREDITS_MAX)
  @Max(CREDITS_MAX)
  readonly credits!: number;

  @Field(() => String, { description: "Why the credits are corrected: 1 to 500 characters. It is kept in the ledger." })
  @IsText(500)
  readonly reason!: string;
}
