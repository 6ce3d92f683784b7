import type { PageRequest } from "../../db/page.js";
import { toConnection } from "../../edge/graphql/connection.js";
import { loaderById, loaderOfLists } from "../../edge/graphql/loaders.js";

export const balanceLoader = loaderById(
  ({ app }, teamIds) => app.credits.balancesOf(teamIds),
  (balance) => balance.teamId,
);

export const entriesOfTeamLoader = loaderOfLists(async ({ app }, teamIds, request: PageRequest) =>
  (await app.credits.entriesOf(teamIds, request)).map(toConnection),
);
