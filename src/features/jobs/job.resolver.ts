import { Arg, Args, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root, Subscription } from "type-graphql";
import type { RequestContext } from "../../edge/context.js";
import { pageComplexity } from "../../edge/graphql/complexity.js";
import { toConnection } from "../../edge/graphql/connection.js";
import { DateTimeScalar, JsonObjectScalar } from "../../edge/graphql/scalars.js";
import type { JsonObject } from "../../lib/json.js";
import { teamLoader } from "../teams/team.loader.js";
import { Team } from "../teams/team.type.js";
import { CreateJobInput, JobsArgs } from "./job.input.js";
import type { JobRow } from "./job.service.js";
import { CostSummary, Job, JobConnection } from "./job.type.js";
import { loadCosts } from "./job-costs.loader.js";
import { isTerminal } from "./job-state.js";

@Resolver(() => Job)
export class JobResolver {
  @Query(() => Job, { nullable: true, description: "One job. NOT_FOUND where there is none in reach of the key." })
  job(@Ctx() { services, viewer }: RequestContext, @Arg("id", () => ID) id: string) {
    return services.jobs.get(viewer, id);
  }

  @Query(() => JobConnection, {
    nullable: true,
    description: "The jobs in reach of the key, newest first.",
    complexity: pageComplexity,
  })
  async jobs(@Ctx() { services, viewer }: RequestContext, @Args(() => JobsArgs) args: JobsArgs) {
    return toConnection(await services.jobs.list(viewer, args));
  }

  @Mutation(() => Job, {
    nullable: true,
    description:
      "Opens a job for the key's team and holds one credit for it. Team keys only. INSUFFICIENT_CREDITS where none is available. Sent twice without an idempotencyKey, it opens two jobs.",
  })
  createJob(@Ctx() { services, viewer }: RequestContext, @Arg("input", () => CreateJobInput) input: CreateJobInput) {
    return services.jobs.create(viewer, input);
  }

  @Mutation(() => Job, {
    nullable: true,
    description:
      "Sets the given names in an open job's metadata and leaves the others; at most 16 KiB as JSON in all. Team keys only. INVALID_STATE once the job is terminal.",
  })
  updateJobMetadata(
    @Ctx() { services, viewer }: RequestContext,
    @Arg("jobId", () => ID) jobId: string,
    @Arg("metadata", () => JsonObjectScalar) metadata: JsonObject,
  ) {
    return services.jobs.updateMetadata(viewer, jobId, metadata);
  }

  @Subscription(() => Job, {
    description:
      "A job as it stands, then after each change, at most four times a second, up to its terminal state. NOT_FOUND where there is none in reach of the key.",
    subscribe: ({ args, context }: { args: { jobId: string }; context: RequestContext }) =>
      context.services.jobFollower.follow(context.viewer, args.jobId),
  })
  jobUpdated(@Root() job: JobRow, @Arg("jobId", () => ID) _jobId: string): JobRow {
    return job;
  }

  @FieldResolver(() => DateTimeScalar, {
    nullable: true,
    description:
      "When it expires if nothing more happens in it: 24 hours after its last call began or ended, 7 days after its creation at the latest (both can be configured). Null once it is terminal.",
  })
  expiresAt(@Root() job: JobRow) {
    return isTerminal(job.status) ? null : job.expiresAt;
  }

  @FieldResolver(() => Team)
  team(@Root() job: JobRow, @Ctx() context: RequestContext) {
    return teamLoader(context).load(job.teamId);
  }

  @FieldResolver(() => CostSummary, {
    description: "What it used: so far while it is open, finally once it is terminal.",
  })
  costs(@Root() job: JobRow, @Ctx() context: RequestContext) {
    return loadCosts(context, job);
  }
}
