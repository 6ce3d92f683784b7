import { Field, ObjectType } from "type-graphql";
import { CostSummary, Job } from "../jobs/job.type.js";

@ObjectType({ description: "A job that has ended, and what it used.", simpleResolvers: true })
export class JobCompletion {
  @Field(() => Job, { description: "The job." })
  readonly job!: Job;

  @Field(() => CostSummary, { description: "What the job used, finally." })
  readonly costs!: CostSummary;
}
