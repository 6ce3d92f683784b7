import { Field, InputType, Int } from "type-graphql";
import { DateTimeScalar } from "../../../edge/graphql/scalars.js";
import { IsInt, IsOptional, Max, Min, ValidateNested } from "../../../input/class-validator.js";
import { PAGE_FIRST_DEFAULT, PAGE_FIRST_MAX } from "../../../input/page-window.js";
import { IsInstant } from "../../../input/rules.js";
import { CallsOf } from "../call-filter.input.js";

/** How long a range may be. */
export const CALL_ERRORS_DAYS_MAX = 31;
/** How many calls with an error are looked at. */
export const CALL_ERRORS_LOOKED_AT_MAX = 5_000;

@InputType({ description: "Which calls with an error to count. A call must fulfil every field that is given." })
export class LlmCallErrorFilter extends CallsOf {}

@InputType({ description: "Which errors of calls are asked for." })
export class LlmCallErrorsInput {
  @Field(() => DateTimeScalar, { description: "Calls created at this time or later." })
  @IsInstant()
  readonly from!: Date;

  @Field(() => DateTimeScalar, {
    description: `Calls created before this time, which is after \`from\`, by ${CALL_ERRORS_DAYS_MAX} days at most.`,
  })
  @IsInstant()
  readonly to!: Date;

  @Field(() => LlmCallErrorFilter, { nullable: true, description: "Which calls are counted. Null means all in reach." })
  @IsOptional()
  @ValidateNested()
  readonly filter?: LlmCallErrorFilter | null;

  @Field(() => Int, {
    nullable: true,
    defaultValue: PAGE_FIRST_DEFAULT,
    description: `The number of groups, from 1 to ${PAGE_FIRST_MAX}. Null means ${PAGE_FIRST_DEFAULT}.`,
  })
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(PAGE_FIRST_MAX)
  readonly first?: number | null;
}
