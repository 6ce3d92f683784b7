import type { PageRequest } from "../../db/page.js";
import { toConnection } from "../../edge/graphql/connection.js";
import { loaderById, loaderOfLists } from "../../edge/graphql/loaders.js";

export const balanceLoader = loaderById(
  ({ services }, teamIds) => services.credits.balancesOf(teamIds),
  (balance) => balance.teamId,
);

export const entriesOfTeamLoader = loaderOfLists(async ({ services }, teamIds, request: PageRequest) =>
  (await services.credits.entriesOf(teamIds, request)).map(toConnection),
);
