import { loaderById } from "../../../edge/graphql/loaders.js";

export const organizationCreditsLoader = loaderById(
  (services, organizationIds) => services.creditPools.creditsOf(organizationIds),
  (pool) => pool.organizationId,
);
