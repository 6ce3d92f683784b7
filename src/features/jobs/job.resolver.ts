import { Arg, Args, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root, Subscription } from "type-graphql";
import type { RequestContext } from "../../edge/context.js";
import { listComplexity, pageComplexity } from "../../edge/graphql/complexity.js";
import { toConnection } from "../../edge/graphql/connection.js";
import { DateTimeScalar, DecimalScalar, JsonObjectScalar, SafeIntScalar } from "../../edge/graphql/scalars.js";
import type { JsonObject } from "../../lib/json/json.js";
import { entriesOfJobLoader } from "../credits/credit.loader.js";
import { ENTRIES_OF_JOB_MAX } from "../credits/credit.service.js";
import { CreditEntry } from "../credits/credit.type.js";
import { keyLoader } from "../keys/key.loader.js";
import { VirtualKey } from "../keys/key.type.js";
import { teamLoader } from "../teams/team.loader.js";
import { Team } from "../teams/team.type.js";
import { loadCosts } from "./costs/job-costs.loader.js";
import { CreateJobInput, JobsArgs } from "./job.input.js";
import type { JobRow } from "./job.service.js";
import { CostSummary, Job, JobConnection } from "./job.type.js";
import { isTerminal } from "./job-state.js";

@Resolver(() => Job)
export class JobResolver {
  @Query(() => Job, {
    nullable: true,
    description: "Returns one job. Throws NOT_FOUND if the key reaches no such job.",
  })
  async job(
    @Ctx() { services, viewer, record }: RequestContext,
    @Arg("id", () => ID, { description: "The id of the job." }) id: string,
  ) {
    return record.ofJob(await services.jobs.get(viewer, id));
  }

  @Query(() => JobConnection, {
    nullable: true,
    description: "Lists the jobs that the key reaches, newest first.",
    complexity: pageComplexity,
  })
  async jobs(@Ctx() { services, viewer }: RequestContext, @Args(() => JobsArgs) args: JobsArgs) {
    return toConnection(await services.jobs.list(viewer, args));
  }

  @Mutation(() => Job, {
    nullable: true,
    description:
      "Opens a job for the key's team and holds one credit for it. Team keys only. Throws INSUFFICIENT_CREDITS if no credit is available. If it is sent twice without an idempotencyKey, it opens two jobs.",
  })
  async createJob(
    @Ctx() { services, viewer, record }: RequestContext,
    @Arg("input", () => CreateJobInput, { description: "The new job." }) input: CreateJobInput,
  ) {
    return record.ofJob(await services.jobs.create(viewer, input));
  }

  @Mutation(() => Job, {
    nullable: true,
    description:
      "Sets the given names in an open job's metadata and leaves the others. The whole may have at most 16 KiB as JSON. Team keys only. Throws INVALID_STATE once the job has ended.",
  })
  async updateJobMetadata(
    @Ctx() { services, viewer, record }: RequestContext,
    @Arg("jobId", () => ID, { description: "The id of the job." }) jobId: string,
    @Arg("metadata", () => JsonObjectScalar, { description: "The names to set." }) metadata: JsonObject,
  ) {
    return record.ofJob(await services.jobs.updateMetadata(viewer, jobId, metadata));
  }

  @Subscription(() => Job, {
    description:
      "Sends the job as it stands, then after each change, at most four times a second, and last as it ended. Throws NOT_FOUND if the key reaches no such job.",
    subscribe: ({ args, context }: { args: { jobId: string }; context: RequestContext }) =>
      context.services.jobFollower.follow(context.viewer, args.jobId),
  })
  jobUpdated(
    @Root() job: JobRow,
    @Ctx() { record }: RequestContext,
    @Arg("jobId", () => ID, { description: "The id of the job." }) _jobId: string,
  ): JobRow {
    return record.ofJob(job);
  }

  @FieldResolver(() => DateTimeScalar, {
    nullable: true,
    description:
      "When the job expires if nothing more happens in it: 24 hours after its last call began or ended, rounded up by a minute at most, and at the latest 7 days after it was created. Both can be configured. Null once the job has ended.",
  })
  expiresAt(@Root() job: JobRow) {
    return isTerminal(job.status) ? null : job.expiresAt;
  }

  @FieldResolver(() => Team, { description: "The team that opened the job." })
  team(@Root() job: JobRow, @Ctx() context: RequestContext) {
    return teamLoader(context).load(job.teamId);
  }

  @FieldResolver(() => VirtualKey, {
    nullable: true,
    description: "The virtual key that opened the job. Null if the job was opened before keys of jobs were recorded.",
  })
  key(@Root() job: JobRow, @Ctx() context: RequestContext) {
    return job.keyId === null ? null : keyLoader(context).load(job.keyId);
  }

  @FieldResolver(() => DecimalScalar, {
    nullable: true,
    description: "USD. The job's own limit of cost, as its team sees the cost. Null means that it has none.",
  })
  maxCostUsd(@Root() job: JobRow) {
    return job.maxCostNanoUsd;
  }

  @FieldResolver(() => SafeIntScalar, {
    nullable: true,
    description: "The job's own limit of tokens. Null means that it has none.",
  })
  maxTokens(@Root() job: JobRow) {
    return job.maxTokens === null ? null : Number(job.maxTokens);
  }

  @FieldResolver(() => [CreditEntry], {
    description: `What the ledger has of the job, oldest first: holds, and at its end one entry more. If there are more than ${ENTRIES_OF_JOB_MAX}, it is the last ${ENTRIES_OF_JOB_MAX} of them. The team's creditEntries have all.`,
    complexity: listComplexity,
  })
  creditEntries(@Root() job: JobRow, @Ctx() context: RequestContext) {
    return entriesOfJobLoader(context).load(job.id);
  }

  @FieldResolver(() => CostSummary, {
    description: "What the job used: so far while it is open, and finally once it has ended.",
  })
  costs(@Root() job: JobRow, @Ctx() context: RequestContext) {
    return loadCosts(context, job);
  }
}
