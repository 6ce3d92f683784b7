import type { RequestContext } from "../../../edge/context.js";
import { balanceLoader } from "../../credits/credit.loader.js";
import { remainingOf } from "../../credits/credit.service.js";
import type { JobRow } from "../job.service.js";
import type { CostSummary } from "../job.type.js";
import { costsOf } from "./job-costs.js";

/** The cost summary of a job: final once the job has ended, otherwise so far, with the credits that the team has left now. */
export async function loadCosts(context: RequestContext, job: JobRow): Promise<CostSummary> {
  if (job.creditsRemaining !== null) return costsOf(context.viewer, job, job.creditsRemaining);
  const balance = await balanceLoader(context).load(job.teamId);
  return costsOf(context.viewer, job, balance ? remainingOf(balance) : 0);
}
