import { loaderById } from "../../edge/graphql/loaders.js";

export const organizationLoader = loaderById(
  (services, ids) => services.organizations.byIds(ids),
  (organization) => organization.id,
);
