import { toConnection } from "../../edge/graphql/connection.js";
import { loaderById, loaderOfLists } from "../../edge/graphql/loaders.js";
import type { PageWindow } from "../../input/page-window.js";
import type { JobFilter } from "./job.input.js";

export const jobLoader = loaderById(
  (services, ids) => services.jobs.byIds(ids),
  (job) => job.id,
);

export const jobsOfTeamLoader = loaderOfLists(
  async ({ services }, teamIds, window: PageWindow & { filter?: JobFilter | null }) =>
    (await services.jobs.listByTeams(teamIds, window)).map(toConnection),
);
