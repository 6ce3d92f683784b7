import { toConnection } from "../../edge/graphql/connection.js";
import { loaderById, loaderOfLists } from "../../edge/graphql/loaders.js";
import type { PageWindow } from "../../input/page-window.js";

export const balanceLoader = loaderById(
  (services, teamIds) => services.credits.balancesOf(teamIds),
  (balance) => balance.teamId,
);

export const entriesOfTeamLoader = loaderOfLists(async ({ services }, teamIds, window: PageWindow) =>
  (await services.credits.entriesOf(teamIds, window)).map(toConnection),
);
