import type { PageRequest } from "../../db/page.js";
import { toConnection } from "../../edge/graphql/connection.js";
import { loaderById, loaderOfLists } from "../../edge/graphql/loaders.js";

export const teamLoader = loaderById(
  ({ services }, ids) => services.teams.byIds(ids),
  (team) => team.id,
);

export const teamsOfOrganizationLoader = loaderOfLists(
  async ({ services, viewer }, organizationIds, request: PageRequest) =>
    (await services.teams.listByOrganizations(viewer, organizationIds, request)).map(toConnection),
);
