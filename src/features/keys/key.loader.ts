import { loaderById, loaderOfChildren } from "../../edge/graphql/loaders.js";

export const keyLoader = loaderById(
  (services, ids) => services.keys.byIds(ids),
  (key) => key.id,
);

export const keysOfTeamLoader = loaderOfChildren(
  (services, teamIds) => services.keys.byTeams(teamIds),
  (key) => key.teamId,
);
