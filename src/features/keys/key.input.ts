import { Field, ID, InputType } from "type-graphql";
import { DateTimeScalar } from "../../edge/graphql/scalars.js";
import { IsOptional, ValidateNested } from "../../input/class-validator.js";
import { IsInstant, IsText } from "../../input/rules.js";
import { LimitsInput } from "../limits/limits.input.js";

@InputType({ description: "A further virtual key for a team." })
export class CreateVirtualKeyInput {
  @Field(() => ID, { description: "The team that gets the key." })
  readonly teamId!: string;

  @Field(() => String, {
    nullable: true,
    description: "What to call the key: 1 to 200 characters. Null means that it has no name.",
  })
  @IsOptional()
  @IsText(200)
  readonly name?: string | null;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: "When the key expires. Must be in the future. Null means that the key never expires.",
  })
  @IsOptional()
  @IsInstant()
  readonly expiresAt?: Date | null;

  @Field(() => LimitsInput, {
    nullable: true,
    description: "What calls with the key are limited to. What is not given here is as the team has it for its keys.",
  })
  @IsOptional()
  @ValidateNested()
  readonly limits?: LimitsInput | null;
}

@InputType({ description: "Changes of a virtual key. Only what is given changes." })
export class UpdateVirtualKeyInput {
  @Field(() => ID, { description: "The id of the key." })
  readonly id!: string;

  @Field(() => LimitsInput, {
    nullable: true,
    description: "What calls with the key are limited to. Null removes all limits that the key has of its own.",
  })
  @IsOptional()
  @ValidateNested()
  readonly limits?: LimitsInput | null;
}
