import { Field, Int, ObjectType, registerEnumType } from "type-graphql";
import { DateTimeScalar, DecimalScalar, SafeIntScalar } from "../../edge/graphql/scalars.js";
import { BillingMode } from "../../generated/prisma/enums.js";

registerEnumType(BillingMode, {
  name: "BillingMode",
  description: "What a completed job of a team costs. A job keeps what was so when it was created.",
  valuesConfig: {
    JOB: { description: "One credit, whatever its calls cost." },
    USD: {
      description:
        "For each USD that its calls cost, as the team sees it, creditsPerUsd credits. The sum is rounded up, and is 1 at least.",
    },
    TOKENS: {
      description:
        "One credit for each tokensPerCredit tokens of its calls, prompts and answers together. The sum is rounded up, and is 1 at least.",
    },
  },
});

@ObjectType({ description: "Another limit of unpaid cost for a time.", simpleResolvers: true })
export class UnpaidCostOverride {
  @Field(() => DecimalScalar, {
    description:
      "USD a day. It holds in the place of the normal limit. The admin sees it without the markup, and everybody else with it.",
  })
  readonly unpaidCostUsdPerDay!: string;

  @Field(() => DateTimeScalar, { description: "Until when it holds." })
  readonly until!: Date;
}

@ObjectType({ description: "How a team is billed.", simpleResolvers: true })
export class Billing {
  @Field(() => BillingMode, { description: "What a completed job costs." })
  readonly mode!: BillingMode;

  @Field(() => DecimalScalar, { nullable: true, description: "Credits for one USD. Null unless the mode is USD." })
  readonly creditsPerUsd!: bigint | null;

  @Field(() => Int, { nullable: true, description: "Tokens for one credit. Null unless the mode is TOKENS." })
  readonly tokensPerCredit!: number | null;

  @Field(() => DecimalScalar, {
    nullable: true,
    description:
      "Percent that are added to the cost of calls wherever the team or its organization sees it. Null to everybody but the admin, who sees the real cost.",
  })
  readonly markupPercent!: bigint | null;

  @Field(() => DecimalScalar, {
    nullable: true,
    description: "USD. What the team pays for one credit. Null means that the gateway does not know.",
  })
  readonly creditPriceUsd!: bigint | null;

  @Field(() => Int, {
    nullable: true,
    description: "Credits that the team is granted on the first of each month, UTC. Null means none.",
  })
  readonly monthlyCredits!: number | null;

  @Field(() => [Int], {
    description:
      "Numbers of available credits at which the team's credits count as low. They are sorted, the largest first.",
  })
  readonly lowCreditsThresholds!: number[];

  @Field(() => [Int], {
    description:
      "The same as percents of the allocated credits: if 20 is one, credits are low once 20 of 100 are available. They are sorted, the largest first.",
  })
  readonly lowCreditsPercentThresholds!: number[];

  @Field(() => DecimalScalar, {
    nullable: true,
    description:
      "USD. What jobs that the team does not pay for may cost it on a day, UTC: those that end as FAILED, CANCELLED or EXPIRED on that day, what those that complete cost beyond the credits that there were, and all that are open, because they may end so. The admin sees it without the markup, and everybody else with it. Once they have cost so much, every call is refused with BUDGET_EXCEEDED, until open jobs are completed, or until midnight. Calls that run at that moment go on, so the limit can be passed by what they cost. Null means no limit.",
  })
  readonly unpaidCostUsdPerDay!: string | null;

  @Field(() => Boolean, {
    description:
      "Whether calls beyond unpaidCostUsdPerDay are refused. If false, they are let through and counted, and models need no price.",
  })
  readonly isUnpaidCostEnforced!: boolean;

  @Field(() => UnpaidCostOverride, {
    nullable: true,
    description: "Another limit of unpaid cost that holds at present. Null if there is none, or if its time is over.",
  })
  readonly unpaidCostOverride!: UnpaidCostOverride | null;

  @Field(() => SafeIntScalar, {
    description:
      "Calls that the limit of unpaid cost refused since the count was last reset, or would have refused if it were enforced. It is at most some seconds old.",
  })
  readonly unpaidCostWouldRefuse!: number;

  /** For unpaidCostUsdToday, which is read only if it is asked for. */
  readonly teamId!: string;
  readonly markupMillionths!: number;
}
