import { Field, ID, InputType } from "type-graphql";
import { DateTimeScalar } from "../../../edge/graphql/scalars.js";
import { IsOptional } from "../../../input/class-validator.js";
import { IsInstant, IsText } from "../../../input/rules.js";

@InputType({ description: "A key with which an organization manages its teams." })
export class CreateOrganizationKeyInput {
  @Field(() => ID, { description: "The organization that gets the key." })
  readonly organizationId!: string;

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
}
