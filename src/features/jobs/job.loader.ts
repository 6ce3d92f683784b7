import type { PageRequest } from "../../db/page.js";
import { toConnection } from "../../edge/connection.js";
import { loaderById, loaderOfLists } from "../../edge/loaders.js";
import type { JobFilter } from "./job.input.js";

export const jobLoader = loaderById(
  ({ app }, ids) => app.jobs.byIds(ids),
  (job) => job.id,
);

export const jobsOfTeamLoader = loaderOfLists(
  async ({ app }, teamIds, request: PageRequest & { filter?: JobFilter | null }) =>
    (await app.jobs.listByTeams(teamIds, request)).map(toConnection),
);
