import { Field, InputType, Int } from "type-graphql";
import { AllowancePeriod } from "../../../generated/prisma/enums.js";
import { IsInt, Min } from "../../../input/class-validator.js";

@InputType({
  description: "How many jobs may be opened with a key. If the period is changed, the count begins anew.",
})
export class JobAllowanceInput {
  @Field(() => Int, { description: "How many jobs in each period: 1 or more." })
  @IsInt()
  @Min(1)
  readonly jobs!: number;

  @Field(() => AllowancePeriod, { description: "How long the allowance lasts." })
  readonly period!: AllowancePeriod;
}
