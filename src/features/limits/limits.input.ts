import { Field, InputType, Int } from "type-graphql";
import { DateTimeScalar } from "../../edge/graphql/scalars.js";
import { IsInt, IsOptional, Max, Min, ValidateNested } from "../../input/class-validator.js";
import { IsInstant } from "../../input/rules.js";

/** The most that the Int of GraphQL holds. */
const FIGURE_MAX = 2_147_483_647;
const FIGURE_TEXT = `1 to ${FIGURE_MAX}`;
const KEPT = "An absent field keeps its value, and null removes the limit.";
const NORMAL = "Null means that the normal figure holds.";

@InputType({
  description: "Other figures for a time. When the time is over, the normal ones hold again by themselves.",
})
export class LimitsOverrideInput {
  @Field(() => Int, { nullable: true, description: `Calls that may begin in a minute: ${FIGURE_TEXT}. ${NORMAL}` })
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(FIGURE_MAX)
  readonly requestsPerMinute?: number | null;

  @Field(() => Int, { nullable: true, description: `Tokens of the calls of a minute: ${FIGURE_TEXT}. ${NORMAL}` })
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(FIGURE_MAX)
  readonly tokensPerMinute?: number | null;

  @Field(() => Int, { nullable: true, description: `Calls that may run at once: ${FIGURE_TEXT}. ${NORMAL}` })
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(FIGURE_MAX)
  readonly concurrentCalls?: number | null;

  @Field(() => DateTimeScalar, { description: "Until when these figures hold. Must be in the future." })
  @IsInstant()
  readonly until!: Date;
}

@InputType({
  description:
    "What calls are limited to. Only the fields that are given change, so that two who change different fields at once do not undo each other.",
})
export class LimitsInput {
  @Field(() => Int, {
    nullable: true,
    description: `Calls that may begin in a minute: ${FIGURE_TEXT}. ${KEPT}`,
  })
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(FIGURE_MAX)
  readonly requestsPerMinute?: number | null;

  @Field(() => Int, {
    nullable: true,
    description: `Tokens that the calls of a minute may use, prompts and answers together: ${FIGURE_TEXT}. ${KEPT}`,
  })
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(FIGURE_MAX)
  readonly tokensPerMinute?: number | null;

  @Field(() => Int, { nullable: true, description: `Calls that may run at once: ${FIGURE_TEXT}. ${KEPT}` })
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(FIGURE_MAX)
  readonly concurrentCalls?: number | null;

  @Field(() => Boolean, {
    nullable: true,
    description:
      "Whether calls beyond the limits are refused. False lets them through, and counts them in `wouldRefuse`. Absent keeps its value, which is true at first. Null means true.",
  })
  readonly isEnforced?: boolean | null;

  @Field(() => LimitsOverrideInput, {
    nullable: true,
    description: "Other figures for a time, which replace the ones before. Absent keeps those, and null ends them.",
  })
  @IsOptional()
  @ValidateNested()
  readonly override?: LimitsOverrideInput | null;
}
