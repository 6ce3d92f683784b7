import { Args, Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import type { RequestContext } from "../../edge/context.js";
import { pageComplexity } from "../../edge/graphql/complexity.js";
import type { CreditEntryRow } from "../credits/credit.service.js";
import { CreditEntry } from "../credits/credit.type.js";
import type { TeamRow } from "../teams/team.service.js";
import { Team } from "../teams/team.type.js";
import { JobsOfTeamArgs } from "./job.input.js";
import { jobLoader, jobsOfTeamLoader } from "./job.loader.js";
import { Job, JobConnection } from "./job.type.js";

@Resolver(() => Team)
export class TeamJobsResolver {
  @FieldResolver(() => JobConnection, { description: "The team's jobs, newest first.", complexity: pageComplexity })
  jobs(@Root() team: TeamRow, @Ctx() context: RequestContext, @Args(() => JobsOfTeamArgs) args: JobsOfTeamArgs) {
    return jobsOfTeamLoader(context).load({ parentId: team.id, args });
  }
}

@Resolver(() => CreditEntry)
export class CreditEntryJobResolver {
  @FieldResolver(() => Job, {
    nullable: true,
    description: "The job that held, took or gave back the credit. Null for GRANT and ADJUST.",
  })
  job(@Root() entry: CreditEntryRow, @Ctx() context: RequestContext) {
    return entry.jobId === null ? null : jobLoader(context).load(entry.jobId);
  }
}
