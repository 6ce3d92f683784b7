import { Field, InputType, Int } from "type-graphql";
import { ErrorCodeEnum } from "../../../edge/graphql/error-code.type.js";
import { MetadataContains, OneOfIds, OneOfTexts } from "../../../edge/graphql/filter-fields.js";
import { DateTimeScalar } from "../../../edge/graphql/scalars.js";
import { IsInt, IsOptional, Max, Min, ValidateNested } from "../../../input/class-validator.js";
import { PAGE_FIRST_DEFAULT, PAGE_FIRST_MAX } from "../../../input/page-window.js";
import { IsInstant } from "../../../input/rules.js";
import type { ErrorCode } from "../../../lib/errors.js";
import type { JsonObject } from "../../../lib/json/json.js";

/** How long a range may be. */
export const CALL_ERRORS_DAYS_MAX = 31;
/** How many calls with an error are looked at. */
export const CALL_ERRORS_LOOKED_AT_MAX = 5_000;

@InputType({ description: "Which calls with an error to count. A call must fulfil every field that is given." })
export class LlmCallErrorFilter {
  @OneOfIds("Calls of one of these teams.")
  readonly teamIds?: string[] | null;

  @OneOfIds("Calls that were made with one of these virtual keys.")
  readonly keyIds?: string[] | null;

  @OneOfIds("Calls that asked for one of these model groups, by the name that they asked for.")
  readonly modelGroups?: string[] | null;

  @OneOfTexts("Calls whose last attempt asked one of these models.")
  readonly models?: string[] | null;

  @OneOfTexts("Calls in jobs of one of these types.")
  readonly jobTypes?: string[] | null;

  @Field(() => [ErrorCodeEnum], { nullable: true, description: "Calls that ended with one of these errors." })
  readonly errorCodes?: ErrorCode[] | null;

  @MetadataContains("Calls")
  readonly metadataContains?: JsonObject | null;
}

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
