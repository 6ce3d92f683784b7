import { loaderOfChildren } from "../../../edge/graphql/loaders.js";

export const modelsOfGroupLoader = loaderOfChildren(
  (services, groupIds) => services.modelGroups.modelsOf(groupIds),
  (model) => model.groupId,
);

export const modelGroupsOfTeamLoader = loaderOfChildren(
  (services, teamIds) => services.modelGroups.byTeams(teamIds),
  (group) => group.teamId,
);
