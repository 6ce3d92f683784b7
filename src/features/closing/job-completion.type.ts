import { Field, ObjectType } from "type-graphql";
import { CostSummary, Job } from "../jobs/job.type.js";

@ObjectType({ description: "An ended job and what it used.", simpleResolvers: true })
export class JobCompletion {
  @Field(() => Job)
  readonly job!: Job;

  @Field(() => CostSummary, { description: "Final." })
  readonly costs!: CostSummary;
}
