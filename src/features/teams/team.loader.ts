import { toConnection } from "../../edge/graphql/connection.js";
import { loaderById, loaderOfLists } from "../../edge/graphql/loaders.js";
import type { PageWindow } from "../../input/page-window.js";

export const teamLoader = loaderById(
  (services, ids) => services.teams.byIds(ids),
  (team) => team.id,
);

export const teamsOfOrganizationLoader = loaderOfLists(
  async ({ services, viewer }, organizationIds, window: PageWindow) =>
    (await services.teams.listByOrganizations(viewer, organizationIds, window)).map(toConnection),
);
