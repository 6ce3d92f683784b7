import { loaderById, loaderOfLists } from "../../../edge/graphql/loaders.js";
import { groupBy } from "../../../lib/group-by.js";

export const organizationKeyLoader = loaderById(
  (services, ids) => services.organizationKeys.byIds(ids),
  (key) => key.id,
);

/** It is made for each request, because what it finds depends on the viewer. */
export const keysOfOrganizationLoader = loaderOfLists(async ({ services, viewer }, organizationIds, _none: null) => {
  const keys = groupBy(
    await services.organizationKeys.byOrganizations(viewer, organizationIds),
    (key) => key.organizationId,
  );
  return organizationIds.map((id) => keys.get(id) ?? []);
});
