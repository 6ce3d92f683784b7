import { Field, InputType, Int } from "type-graphql";
import { DateTimeScalar, DecimalScalar } from "../../edge/graphql/scalars.js";
import { BillingMode } from "../../generated/prisma/enums.js";
import { ArrayMaxSize, ArrayUnique, IsInt, IsOptional, Max, Min, ValidateNested } from "../../input/class-validator.js";
import { IsInstant, IsUsd, IsUsdAboveZero } from "../../input/rules.js";
import { CREDITS_MAX } from "../credits/credits-max.js";

const MILLION = 1_000_000n * 1_000_000_000n;
const THRESHOLDS_MAX = 20;
/** That is a hundred times the cost. */
const MARKUP_MAX = 10_000n * 1_000_000_000n;

@InputType({
  description: "Another limit of unpaid cost for a time. When the time is over, the normal one holds again by itself.",
})
export class UnpaidCostOverrideInput {
  @Field(() => DecimalScalar, { description: "USD a day, without the markup: 0 to 1000000. 0 refuses every call." })
  @IsUsd(MILLION)
  readonly unpaidCostUsdPerDay!: bigint;

  @Field(() => DateTimeScalar, { description: "Until when it holds. Must be in the future." })
  @IsInstant()
  readonly until!: Date;
}

@InputType({
  description: "How a team is billed. Only what is given changes, for jobs that are created from then on.",
})
export class BillingInput {
  @Field(() => BillingMode, {
    nullable: true,
    description:
      "What a completed job costs. USD needs creditsPerUsd, and TOKENS needs tokensPerCredit. Null means JOB.",
  })
  readonly mode?: BillingMode | null;

  @Field(() => DecimalScalar, {
    nullable: true,
    description: "Credits for one USD: above 0, at most 1000000. Only with the mode USD.",
  })
  @IsOptional()
  @IsUsdAboveZero(MILLION)
  readonly creditsPerUsd?: bigint | null;

  @Field(() => Int, { nullable: true, description: "Tokens for one credit: 1 or more. Only with the mode TOKENS." })
  @IsOptional()
  @IsInt()
  @Min(1)
  readonly tokensPerCredit?: number | null;

  @Field(() => DecimalScalar, {
    nullable: true,
    description:
      "Percent that are added to the cost of calls wherever the team or its organization sees it: 0 to 10000, with up to 4 digits after the point. Null means 0.",
  })
  @IsOptional()
  @IsUsd(MARKUP_MAX)
  readonly markupPercent?: bigint | null;

  @Field(() => DecimalScalar, {
    nullable: true,
    description:
      "USD. What the team pays for one credit: 0 to 1000000. The margin in `usage` is reckoned from it. Null means that the gateway does not know.",
  })
  @IsOptional()
  @IsUsd(MILLION)
  readonly creditPriceUsd?: bigint | null;

  @Field(() => Int, {
    nullable: true,
    description:
      "Credits that the team is granted on the first of each month, UTC, from the next one on: 1 or more. Null means none.",
  })
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(CREDITS_MAX)
  readonly monthlyCredits?: number | null;

  @Field(() => [Int], {
    nullable: true,
    description: `Numbers of available credits at which the team's credits count as low, which webhooks are told of (CREDITS_LOW): at most ${THRESHOLDS_MAX}, each 0 or more. Null means none.`,
  })
  @IsOptional()
  @ArrayMaxSize(THRESHOLDS_MAX)
  @ArrayUnique({ message: "must not name a number twice" })
  @IsInt({ each: true })
  @Min(0, { each: true })
  readonly lowCreditsThresholds?: number[] | null;

  @Field(() => [Int], {
    nullable: true,
    description: `The same as percents of the allocated credits: at most ${THRESHOLDS_MAX}, each from 1 to 99. Null means none.`,
  })
  @IsOptional()
  @ArrayMaxSize(THRESHOLDS_MAX)
  @ArrayUnique({ message: "must not name a number twice" })
  @IsInt({ each: true })
  @Min(1, { each: true })
  @Max(99, { each: true })
  readonly lowCreditsPercentThresholds?: number[] | null;

  @Field(() => DecimalScalar, {
    nullable: true,
    description:
      "USD. What jobs that end unpaid, and jobs that are open, may cost the team on a day, UTC, without the markup: 0 to 1000000. 0 refuses every call. Null means no limit.",
  })
  @IsOptional()
  @IsUsd(MILLION)
  readonly unpaidCostUsdPerDay?: bigint | null;

  @Field(() => Boolean, {
    nullable: true,
    description:
      "Whether calls beyond unpaidCostUsdPerDay are refused. False lets them through, and counts them in `unpaidCostWouldRefuse`. Absent keeps its value, which is true at first. Null means true.",
  })
  readonly isUnpaidCostEnforced?: boolean | null;

  @Field(() => UnpaidCostOverrideInput, {
    nullable: true,
    description: "Another limit of unpaid cost for a time, which replaces the one before. Null ends it.",
  })
  @IsOptional()
  @ValidateNested()
  readonly unpaidCostOverride?: UnpaidCostOverrideInput | null;
}
