import { Field, ID, InputType, registerEnumType } from "type-graphql";
import { JsonObjectScalar } from "../../edge/graphql/scalars.js";
import { IsOptional } from "../../input/class-validator.js";
import { IsMetadata, IsText } from "../../input/rules.js";
import type { JsonObject } from "../../lib/json/json.js";

export enum JobOutcome {
  COMPLETED = "COMPLETED",
  FAILED = "FAILED",
  CANCELLED = "CANCELLED",
}

registerEnumType(JobOutcome, {
  name: "JobOutcome",
  description: "How a job is to end.",
  valuesConfig: {
    COMPLETED: { description: "The work is done. The job takes its held credit. Team keys only." },
    FAILED: { description: "The work came to nothing. The job is free, and its running calls are cancelled." },
    CANCELLED: { description: "The work is called off. The job is free, and its running calls are cancelled." },
  },
});

@InputType({ description: "The end of a job." })
export class CompleteJobInput {
  @Field(() => ID, { description: "The id of the job." })
  readonly jobId!: string;

  @Field(() => JobOutcome, {
    nullable: true,
    defaultValue: JobOutcome.COMPLETED,
    description: "How the job ends. Null means COMPLETED.",
  })
  readonly status?: JobOutcome | null;

  @Field(() => String, {
    nullable: true,
    description: "Why the job failed: 1 to 1000 characters. It is kept as Job.errorMessage. Null means no reason.",
  })
  @IsOptional()
  @IsText(1000)
  readonly errorMessage?: string | null;

  @Field(() => JsonObjectScalar, {
    nullable: true,
    description: "Names to set in the job's metadata, as updateJobMetadata does. Null means none.",
  })
  @IsOptional()
  @IsMetadata()
  readonly metadata?: JsonObject | null;
}
