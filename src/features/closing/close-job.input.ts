import { IsOptional } from "class-validator";
import { Field, ID, InputType, ObjectType, registerEnumType } from "type-graphql";
import { JsonObjectScalar } from "../../edge/graphql/scalars.js";
import { IsMetadata, IsText } from "../../input/validate.js";
import type { JsonObject } from "../../lib/json.js";
import { CostSummary, Job } from "../jobs/job.type.js";

export enum JobOutcome {
  COMPLETED = "COMPLETED",
  FAILED = "FAILED",
  CANCELLED = "CANCELLED",
}

registerEnumType(JobOutcome, {
  name: "JobOutcome",
  description: "How a job is to end.",
  valuesConfig: {
    COMPLETED: { description: "The work is done: takes the held credit. Team keys only." },
    FAILED: { description: "The work came to nothing: free. Cancels running calls." },
    CANCELLED: { description: "The work is called off: free. Cancels running calls." },
  },
});

@InputType({ description: "The end of a job." })
export class CompleteJobInput {
  @Field(() => ID)
  readonly jobId!: string;

  @Field(() => JobOutcome, { nullable: true, defaultValue: JobOutcome.COMPLETED, description: "Null is COMPLETED." })
  readonly status?: JobOutcome | null;

  @Field(() => String, {
    nullable: true,
    description: "Why it failed, 1 to 1000 characters; kept as Job.errorMessage.",
  })
  @IsOptional()
  @IsText(1000)
  readonly errorMessage?: string | null;

  @Field(() => JsonObjectScalar, {
    nullable: true,
    description: "Names to set in the job's metadata, as updateJobMetadata does.",
  })
  @IsOptional()
  @IsMetadata()
  readonly metadata?: JsonObject | null;
}

@ObjectType({ description: "An ended job and what it used.", simpleResolvers: true })
export class JobCompletion {
  @Field(() => Job)
  readonly job!: Job;

  @Field(() => CostSummary, { description: "Final." })
  readonly costs!: CostSummary;
}
