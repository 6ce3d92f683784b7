import { loaderOfChildren } from "../../edge/graphql/loaders.js";

export const modelsOfGroupLoader = loaderOfChildren(
  ({ app }, groupIds) => app.modelGroups.modelsOf(groupIds),
  (model) => model.groupId,
);

export const modelGroupsOfTeamLoader = loaderOfChildren(
  ({ app }, teamIds) => app.modelGroups.byTeams(teamIds),
  (group) => group.teamId,
);
