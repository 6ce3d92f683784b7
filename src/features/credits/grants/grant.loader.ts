import { toConnection } from "../../../edge/graphql/connection.js";
import { loaderById, loaderOfLists } from "../../../edge/graphql/loaders.js";
import type { PageWindow } from "../../../input/page-window.js";

export const grantsOfTeamLoader = loaderOfLists(async ({ services }, teamIds, window: PageWindow) =>
  (await services.creditGrants.grantsOf(teamIds, window)).map(toConnection),
);

export const remainingOfGrantLoader = loaderById(
  (services, ids) => services.creditGrants.remainingOf(ids),
  (grant) => grant.id,
);
