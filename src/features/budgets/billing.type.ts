import { Field, Int, ObjectType, registerEnumType } from "type-graphql";
import { DecimalScalar } from "../../edge/graphql/scalars.js";
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

  @Field(() => DecimalScalar, {
    nullable: true,
    description:
      "USD. What calls of jobs that end as FAILED, CANCELLED or EXPIRED may cost the team on a day, UTC, without the markup. Beyond it every call is refused with BUDGET_EXCEEDED until midnight. Null means no limit.",
  })
  readonly unpaidCostUsdPerDay!: bigint | null;
}
