import { IsOptional } from "class-validator";
import { Field, ID, InputType, registerEnumType } from "type-graphql";
import { JsonObjectScalar } from "../../edge/graphql/scalars.js";
import { IsMetadata, IsText } from "../../input/rules.js";
import type { JsonObject } from "../../lib/json.js";

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
