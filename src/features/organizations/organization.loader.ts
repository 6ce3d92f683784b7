import { loaderById } from "../../edge/graphql/loaders.js";

export const organizationLoader = loaderById(
  ({ app }, ids) => app.organizations.byIds(ids),
  (organization) => organization.id,
);
