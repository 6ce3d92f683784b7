import { IsOptional } from "class-validator";
import { Field, ID, InputType } from "type-graphql";
import { DateTimeScalar } from "../../edge/graphql/scalars.js";
import { IsInstant, IsText } from "../../input/rules.js";

@InputType({ description: "A further virtual key for a team." })
export class CreateVirtualKeyInput {
  @Field(() => ID)
  readonly teamId!: string;

  @Field(() => String, { nullable: true, description: "What to call it, 1 to 200 characters." })
  @IsOptional()
  @IsText(200)
  readonly name?: string | null;

  @Field(() => DateTimeScalar, { nullable: true, description: "In the future; null is never." })
  @IsOptional()
  @IsInstant()
  readonly expiresAt?: Date | null;
}
