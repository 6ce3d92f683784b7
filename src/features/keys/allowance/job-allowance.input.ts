import { Field, InputType, Int } from "type-graphql";
import { DateTimeScalar } from "../../../edge/graphql/scalars.js";
import { AllowancePeriod } from "../../../generated/prisma/enums.js";
import { IsInt, IsOptional, Min, ValidateNested } from "../../../input/class-validator.js";
import { IsInstant } from "../../../input/rules.js";

@InputType({
  description: "Another number of jobs for a time. When the time is over, the normal one holds again by itself.",
})
export class JobAllowanceOverrideInput {
  @Field(() => Int, { description: "How many jobs in each period: 1 or more." })
  @IsInt()
  @Min(1)
  readonly jobs!: number;

  @Field(() => DateTimeScalar, { description: "Until when it holds. Must be in the future." })
  @IsInstant()
  readonly until!: Date;
}

@InputType({
  description:
    "How many jobs may be opened with a key. Only the fields that are given change, so that two who change different fields at once do not undo each other. A key without an allowance needs jobs and period. If the period is changed, or the allowance is taken away and given again, the count begins anew.",
})
export class JobAllowanceInput {
  @Field(() => Int, {
    nullable: true,
    description: "How many jobs in each period: 1 or more. Absent or null keeps its value.",
  })
  @IsOptional()
  @IsInt()
  @Min(1)
  readonly jobs?: number | null;

  @Field(() => AllowancePeriod, {
    nullable: true,
    description: "How long the allowance lasts. Absent or null keeps its value.",
  })
  readonly period?: AllowancePeriod | null;

  @Field(() => Boolean, {
    nullable: true,
    description:
      "Whether jobs beyond it are refused. False opens them, and counts them in `wouldRefuse`. Absent keeps its value, which is true at first. Null means true.",
  })
  readonly isEnforced?: boolean | null;

  @Field(() => JobAllowanceOverrideInput, {
    nullable: true,
    description:
      "Another number of jobs for a time, which replaces the one before. Absent keeps that, and null ends it.",
  })
  @IsOptional()
  @ValidateNested()
  readonly override?: JobAllowanceOverrideInput | null;
}
