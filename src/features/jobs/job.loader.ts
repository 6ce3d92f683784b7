import type { PageRequest } from "../../db/page.js";
import type { RequestContext } from "../../edge/context.js";
import { toConnection } from "../../edge/graphql/connection.js";
import { loaderById, loaderOfLists } from "../../edge/graphql/loaders.js";
import { balanceLoader } from "../credits/credit.loader.js";
import { remainingOf } from "../credits/credit.service.js";
import type { JobFilter } from "./job.input.js";
import type { JobRow } from "./job.service.js";
import type { CostSummary } from "./job.type.js";
import { costsOf } from "./job-costs.js";

export const jobLoader = loaderById(
  ({ services }, ids) => services.jobs.byIds(ids),
  (job) => job.id,
);

export const jobsOfTeamLoader = loaderOfLists(
  async ({ services }, teamIds, request: PageRequest & { filter?: JobFilter | null }) =>
    (await services.jobs.listByTeams(teamIds, request)).map(toConnection),
);

/** The cost summary of a job: final once it is terminal, else so far, with what the team has left now. */
export async function loadCosts(context: RequestContext, job: JobRow): Promise<CostSummary> {
  if (job.creditsRemaining !== null) return costsOf(job, job.creditsRemaining);
  const balance = await balanceLoader(context).load(job.teamId);
  return costsOf(job, balance ? remainingOf(balance) : 0);
}
