import { Field, ID, Int, ObjectType, registerEnumType } from "type-graphql";
import { connectionType } from "../../edge/graphql/connection.js";
import { Node } from "../../edge/graphql/node.type.js";
import { DateTimeScalar, DecimalScalar, JsonObjectScalar, SafeIntScalar } from "../../edge/graphql/scalars.js";
import { JobStatus } from "../../generated/prisma/enums.js";
import type { JsonObject } from "../../lib/json/json.js";

registerEnumType(JobStatus, {
  name: "JobStatus",
  description: "The state of a job. COMPLETED, FAILED, CANCELLED and EXPIRED are final.",
  valuesConfig: {
    PENDING: { description: "The job is open and has had no call so far." },
    IN_PROGRESS: { description: "The job is open and has had a call." },
    COMPLETED: { description: "The job is done, and took one credit." },
    FAILED: { description: "Its team, its organization or the admin gave the job up. It is free." },
    CANCELLED: { description: "Its team, its organization or the admin called the job off. It is free." },
    EXPIRED: { description: "The job ran out of time. It is free." },
  },
});

@ObjectType({
  implements: Node,
  description:
    "A piece of work that is sold for one credit. It is opened, filled with any number of LLM calls, and ended. The credit is held while the job is open, and taken if and only if the job is completed.",
  simpleResolvers: true,
})
export class Job implements Node {
  @Field(() => ID, { description: "A UUID." })
  readonly id!: string;

  @Field(() => String, { description: "What kind of work it is, in the team's own words." })
  readonly jobType!: string;

  @Field(() => JobStatus, { description: "The state of the job." })
  readonly status!: JobStatus;

  @Field(() => JsonObjectScalar, { description: "The team's free data." })
  readonly metadata!: JsonObject;

  @Field(() => String, {
    nullable: true,
    description: "Why the job failed. Null if its team did not say, or if it did not fail.",
  })
  readonly errorMessage!: string | null;

  @Field(() => DateTimeScalar, { description: "When the job was opened." })
  readonly createdAt!: Date;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: "When its first call was admitted. Null if it has had no call.",
  })
  readonly startedAt!: Date | null;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: "When the job became final, in whatever way. Null while it is open.",
  })
  readonly completedAt!: Date | null;
}

export const JobConnection = connectionType(Job, "Job", "jobs");

@ObjectType({
  description:
    "What a job used: so far while it is open, and finally once it has ended. Tokens and cost are those of settled calls.",
  simpleResolvers: true,
})
export class CostSummary {
  @Field(() => Int, { description: "Calls that were admitted: successful, failed, cancelled and running." })
  readonly totalCalls!: number;

  @Field(() => Int, { description: "Calls that a model answered in full." })
  readonly successfulCalls!: number;

  @Field(() => Int, { description: "Calls that no model answered in full." })
  readonly failedCalls!: number;

  @Field(() => Int, { description: "Calls that were cancelled before they were done." })
  readonly cancelledCalls!: number;

  @Field(() => Int, { description: "Calls that are not settled yet. 0 once the job has ended." })
  readonly runningCalls!: number;

  @Field(() => SafeIntScalar, { description: "Tokens of the prompts." })
  readonly promptTokens!: number;

  @Field(() => SafeIntScalar, { description: "Tokens of the answers." })
  readonly completionTokens!: number;

  @Field(() => SafeIntScalar, { description: "The sum of promptTokens and completionTokens." })
  readonly totalTokens!: number;

  @Field(() => DecimalScalar, {
    description:
      "USD. The sum of the calls' costs, exact to 1e-9, and with the team's markup if it is not the admin who asks. Unpriced calls add nothing; `unpricedCalls` counts them.",
  })
  readonly totalCostUsd!: string;

  @Field(() => DecimalScalar, {
    description: "USD. The part of totalCostUsd that belongs to attempts which gave no answer.",
  })
  readonly failedAttemptsCostUsd!: string;

  @Field(() => Int, {
    description:
      "Milliseconds from admission to settlement, as the rounded mean over settled calls. 0 if there are none.",
  })
  readonly avgLatencyMs!: number;

  @Field(() => Boolean, { description: "Whether the job took credits. True if and only if the job is COMPLETED." })
  readonly creditApplied!: boolean;

  @Field(() => Int, {
    description:
      "The credits that the job took: 1, or by USD or tokens if its team was billed so. 0 unless the job is COMPLETED.",
  })
  readonly creditsPosted!: number;

  @Field(() => Int, {
    description: "The team's allocated minus used credits, as of the end of the job, or now while the job is open.",
  })
  readonly creditsRemaining!: number;

  @Field(() => Int, {
    description: "Calls whose tokens the gateway counted, because the upstream did not report them.",
  })
  readonly estimatedCalls!: number;

  @Field(() => Int, {
    description: "Calls that the upstream may have billed without saying for how many tokens. They add nothing here.",
  })
  readonly unknownUsageCalls!: number;

  @Field(() => Int, { description: "Calls with known tokens whose model has no known price." })
  readonly unpricedCalls!: number;

  @Field(() => Int, {
    description:
      "Calls that are priced, but for a part of them that has no known price, such as sound. Only the priced parts are in totalCostUsd.",
  })
  readonly partlyUnpricedCalls!: number;
}
