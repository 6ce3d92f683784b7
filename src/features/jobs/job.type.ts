import { Field, ID, Int, ObjectType, registerEnumType } from "type-graphql";
import { connectionType } from "../../edge/graphql/connection.js";
import { DateTimeScalar, DecimalScalar, JsonObjectScalar } from "../../edge/graphql/scalars.js";
import { JobStatus } from "../../generated/prisma/enums.js";
import type { JsonObject } from "../../lib/json.js";

registerEnumType(JobStatus, {
  name: "JobStatus",
  description: "Where a job stands. COMPLETED, FAILED, CANCELLED and EXPIRED are final.",
  valuesConfig: {
    PENDING: { description: "Open, without a call so far." },
    IN_PROGRESS: { description: "Open, with at least one call." },
    COMPLETED: { description: "Done: it took one credit." },
    FAILED: { description: "Given up by its team or the admin: free." },
    CANCELLED: { description: "Called off by its team or the admin: free." },
    EXPIRED: { description: "Ran out of time: free." },
  },
});

@ObjectType({
  description:
    "A piece of work sold for one credit: opened, filled with any number of LLM calls, and ended. The credit is held while it is open and taken if, and only if, it is completed.",
  simpleResolvers: true,
})
export class Job {
  @Field(() => ID, { description: "A UUID." })
  readonly id!: string;

  @Field(() => String, { description: "What kind of work, in the team's own words." })
  readonly jobType!: string;

  @Field(() => JobStatus)
  readonly status!: JobStatus;

  @Field(() => JsonObjectScalar, { description: "The team's free data." })
  readonly metadata!: JsonObject;

  @Field(() => String, { nullable: true, description: "Why it failed, where its team said so." })
  readonly errorMessage!: string | null;

  @Field(() => DateTimeScalar)
  readonly createdAt!: Date;

  @Field(() => DateTimeScalar, { nullable: true, description: "When its first call was admitted." })
  readonly startedAt!: Date | null;

  @Field(() => DateTimeScalar, { nullable: true, description: "When it became terminal, in whatever way." })
  readonly completedAt!: Date | null;
}

export const JobConnection = connectionType(Job, "Job");

@ObjectType({
  description: "What a job used: so far, and finally once it is terminal. Tokens and cost are those of settled calls.",
  simpleResolvers: true,
})
export class CostSummary {
  @Field(() => Int, { description: "Calls admitted: successful, failed, cancelled and running." })
  readonly totalCalls!: number;

  @Field(() => Int)
  readonly successfulCalls!: number;

  @Field(() => Int)
  readonly failedCalls!: number;

  @Field(() => Int)
  readonly cancelledCalls!: number;

  @Field(() => Int, { description: "0 once the job is terminal." })
  readonly runningCalls!: number;

  @Field(() => Int)
  readonly promptTokens!: number;

  @Field(() => Int)
  readonly completionTokens!: number;

  @Field(() => Int, { description: "promptTokens + completionTokens." })
  readonly totalTokens!: number;

  @Field(() => DecimalScalar, {
    description:
      "USD, the sum of the calls' costs, exact to 1e-9. Unpriced calls add nothing; `unpricedCalls` counts them.",
  })
  readonly totalCostUsd!: bigint;

  @Field(() => DecimalScalar, {
    description: "USD, the part of totalCostUsd that belongs to attempts which gave no answer.",
  })
  readonly failedAttemptsCostUsd!: bigint;

  @Field(() => Int, {
    description: "Milliseconds from admission to settlement, the mean over settled calls, rounded; 0 without any.",
  })
  readonly avgLatencyMs!: number;

  @Field(() => Boolean, { description: "Whether the job took its credit: true if and only if it is COMPLETED." })
  readonly creditApplied!: boolean;

  @Field(() => Int, {
    description: "The team's allocated minus used credits: as of the end of the job, or now where it is open.",
  })
  readonly creditsRemaining!: number;

  @Field(() => Int, {
    description: "Calls whose tokens were counted by the gateway, since the upstream did not report them.",
  })
  readonly estimatedCalls!: number;

  @Field(() => Int, {
    description: "Calls that the upstream may have billed without saying for how many tokens; they add nothing here.",
  })
  readonly unknownUsageCalls!: number;

  @Field(() => Int, { description: "Calls with known tokens whose model has no known price." })
  readonly unpricedCalls!: number;
}
