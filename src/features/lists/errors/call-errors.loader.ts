import { loaderById } from "../../../edge/graphql/loaders.js";

export const callLoader = loaderById(
  (services, ids) => services.callErrors.callsByIds(ids),
  (call) => call.id,
);
