import type { PageRequest } from "../../db/page.js";
import { toConnection } from "../../edge/graphql/connection.js";
import { loaderById, loaderOfLists } from "../../edge/graphql/loaders.js";

export const teamLoader = loaderById(
  ({ app }, ids) => app.teams.byIds(ids),
  (team) => team.id,
);

export const teamsOfOrganizationLoader = loaderOfLists(async ({ app, viewer }, organizationIds, request: PageRequest) =>
  (await app.teams.listByOrganizations(viewer, organizationIds, request)).map(toConnection),
);
