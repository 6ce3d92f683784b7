import { Arg, Ctx, Mutation, Resolver } from "type-graphql";
import type { RequestContext } from "../../edge/context.js";
import { Job } from "../jobs/job.type.js";
import { costsOf } from "../jobs/job-costs.js";
import { CompleteJobInput } from "./close-job.input.js";
import { JobCompletion } from "./job-completion.type.js";

@Resolver(() => Job)
export class CloseJobResolver {
  @Mutation(() => JobCompletion, {
    nullable: true,
    description:
      "Ends a job, once: asked again for the same status, it answers with the first summary; for another, INVALID_STATE. COMPLETED takes one credit and is refused with CALLS_RUNNING (retryable) while a call runs. FAILED and CANCELLED are free, cancel running calls, and are open to the admin too.",
  })
  async completeJob(
    @Ctx() { services, viewer }: RequestContext,
    @Arg("input", () => CompleteJobInput) input: CompleteJobInput,
  ) {
    const job = await services.jobCloser.close(viewer, input);
    return { job, costs: costsOf(job, 0) };
  }
}
