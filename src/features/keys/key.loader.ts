import { loaderById, loaderOfChildren } from "../../edge/graphql/loaders.js";

export const keyLoader = loaderById(
  ({ app }, ids) => app.keys.byIds(ids),
  (key) => key.id,
);

export const keysOfTeamLoader = loaderOfChildren(
  ({ app }, teamIds) => app.keys.byTeams(teamIds),
  (key) => key.teamId,
);
