import { Field, Float, Int, ObjectType } from "type-graphql";
import { DecimalScalar, SafeIntScalar } from "../../edge/graphql/scalars.js";

@ObjectType({
  description:
    "Three times of which each is the shortest that so many percent of the calls did not exceed, in milliseconds. They are exact up to 11 ms, and at most 8 % off above. An hour is the longest.",
  simpleResolvers: true,
})
export class Percentiles {
  @Field(() => Int, { description: "Half of the calls took no longer." })
  readonly p50!: number;

  @Field(() => Int, { description: "95 of 100 calls took no longer." })
  readonly p95!: number;

  @Field(() => Int, { description: "99 of 100 calls took no longer." })
  readonly p99!: number;
}

const Count = (description: string) => Field(() => SafeIntScalar, { description });
const Cost = (description: string) =>
  Field(() => DecimalScalar, {
    description: `USD. ${description} The admin sees it without the markup, and everybody else with it.`,
  });
const Rate = (description: string) => Field(() => Float, { nullable: true, description });

@ObjectType({ description: "What was used.", simpleResolvers: true })
export class UsageFigures {
  @Count("Jobs that ended as COMPLETED.")
  readonly jobsCompleted!: number;

  @Count("Jobs that ended as FAILED.")
  readonly jobsFailed!: number;

  @Count("Jobs that ended as CANCELLED.")
  readonly jobsCancelled!: number;

  @Count("Jobs that ended as EXPIRED.")
  readonly jobsExpired!: number;

  @Count("Credits that completed jobs took.")
  readonly creditsPosted!: number;

  @Count("Calls that were settled.")
  readonly calls!: number;

  @Count("Calls that ended as SUCCEEDED.")
  readonly callsSucceeded!: number;

  @Count("Calls that ended as FAILED.")
  readonly callsFailed!: number;

  @Count("Calls that ended as CANCELLED.")
  readonly callsCancelled!: number;

  @Count("Calls whose last attempt asked another model than their first.")
  readonly fallbacks!: number;

  @Count("Fallbacks that ended as SUCCEEDED: without a second model, these calls would have failed.")
  readonly callsRescued!: number;

  @Rate("The share of calls that failed: callsFailed / calls, from 0 to 1. Null if there were no calls.")
  readonly errorRate!: number | null;

  @Rate(
    "The share of calls that fell back to another model: fallbacks / calls, from 0 to 1. Null if there were no calls.",
  )
  readonly fallbackRate!: number | null;

  @Count("Calls whose tokens the gateway counted itself.")
  readonly callsEstimated!: number;

  @Count("Calls of which nobody knows all of the tokens.")
  readonly callsUnknown!: number;

  @Count("Calls of which a price was not known. The known part of their cost is counted.")
  readonly callsUnpriced!: number;

  @Count("Calls that are priced, but for a part of them that has no known price, such as sound.")
  readonly callsPartlyUnpriced!: number;

  @Count("Questions to a model. A call has one, and another for each retry and for each further model.")
  readonly attempts!: number;

  @Count("Attempts without a whole answer: they failed, or were cancelled.")
  readonly failedAttempts!: number;

  @Count("Tokens of prompts.")
  readonly promptTokens!: number;

  @Count("Tokens of answers.")
  readonly completionTokens!: number;

  @Count("The part of promptTokens that came from the upstream's cache.")
  readonly cachedPromptTokens!: number;

  @Count("The part of promptTokens that was written to the upstream's cache.")
  readonly cacheWritePromptTokens!: number;

  @Count("The part of promptTokens that is sound.")
  readonly audioPromptTokens!: number;

  @Count("The part of completionTokens that the model spent on reasoning.")
  readonly reasoningTokens!: number;

  @Count("The part of completionTokens that is sound.")
  readonly audioCompletionTokens!: number;

  @Count("Tokens of prompts and answers: promptTokens + completionTokens.")
  readonly totalTokens!: number;

  @Cost("The cost of all attempts.")
  readonly costUsd!: bigint | string;

  @Cost("The part of costUsd that belongs to attempts without a whole answer.")
  readonly failedAttemptsCostUsd!: bigint | string;

  @Cost("The part of costUsd that belongs to jobs that ended as FAILED, CANCELLED or EXPIRED, and so took no credit.")
  readonly unpaidJobsCostUsd!: bigint | string;

  @Cost("The part of costUsd that belongs to jobs that ended as COMPLETED.")
  readonly completedJobsCostUsd!: bigint | string;

  @Field(() => DecimalScalar, {
    nullable: true,
    description:
      "USD. completedJobsCostUsd / jobsCompleted, rounded to the last digit that such a cost can have. Jobs have no model, so it is null in rows of a model. Null if no job completed.",
  })
  readonly costPerCompletedJobUsd!: bigint | string | null;

  @Field(() => DecimalScalar, {
    nullable: true,
    description:
      "USD. What the posted credits were sold for, at the creditPriceUsd that their team had when the job was created. Null to everybody but the admin, and if no ended job had a price.",
  })
  readonly revenueUsd!: bigint | null;

  @Field(() => DecimalScalar, {
    nullable: true,
    description:
      "USD. revenueUsd - costUsd, which may be below 0. Null if revenueUsd is null. It says too little if creditsWithoutPrice is above 0.",
  })
  readonly marginUsd!: bigint | null;

  @Field(() => SafeIntScalar, {
    nullable: true,
    description:
      "How many of creditsPosted have no price, and so are not in revenueUsd. Null to everybody but the admin.",
  })
  readonly creditsWithoutPrice!: number | null;

  @Field(() => Percentiles, {
    nullable: true,
    description: "How long calls took, from their admission to their settlement. Null if there were no calls.",
  })
  readonly latencyMs!: Percentiles | null;

  @Field(() => Percentiles, {
    nullable: true,
    description:
      "How long calls took until the first token of their answer. Null if no call had one. Calls without one are not counted.",
  })
  readonly timeToFirstTokenMs!: Percentiles | null;
}
