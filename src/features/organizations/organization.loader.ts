import { loaderById } from "../../edge/loaders.js";

export const organizationLoader = loaderById(
  ({ app }, ids) => app.organizations.byIds(ids),
  (organization) => organization.id,
);
