import { toConnection } from "../../edge/graphql/connection.js";
import { loaderOfLists } from "../../edge/graphql/loaders.js";
import type { CallListRequest } from "./call-list.service.js";

export const callsOfTeamLoader = loaderOfLists(async ({ services }, teamIds, request: CallListRequest) =>
  (await services.callLists.listByTeams(teamIds, request)).map(toConnection),
);
