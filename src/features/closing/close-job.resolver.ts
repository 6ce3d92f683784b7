import { Arg, Ctx, Mutation, Resolver } from "type-graphql";
import type { RequestContext } from "../../edge/context.js";
import { costsOf } from "../jobs/costs/job-costs.js";
import { Job } from "../jobs/job.type.js";
import { CompleteJobInput } from "./close-job.input.js";
import { JobCompletion } from "./job-completion.type.js";

@Resolver(() => Job)
export class CloseJobResolver {
  @Mutation(() => JobCompletion, {
    nullable: true,
    description:
      "Ends a job, once. Asked again for the same status, it returns the first summary; asked for another, it throws INVALID_STATE. COMPLETED takes one credit, and throws CALLS_RUNNING (retryable) while a call runs. FAILED and CANCELLED are free and cancel running calls; the admin and the team's organization may use them too.",
  })
  async completeJob(
    @Ctx() { services, viewer, record }: RequestContext,
    @Arg("input", () => CompleteJobInput, { description: "The job and how it ends." }) input: CompleteJobInput,
  ) {
    const job = record.ofJob(await services.jobCloser.close(viewer, input));
    return { job, costs: costsOf(viewer, job, 0) };
  }
}
