import type { PageRequest } from "../../db/page.js";
import { toConnection } from "../../edge/graphql/connection.js";
import { loaderOfChildren, loaderOfLists } from "../../edge/graphql/loaders.js";

export const callsOfJobLoader = loaderOfLists(async ({ services }, jobIds, request: PageRequest) =>
  (await services.calls.listByJobs(jobIds, request)).map(toConnection),
);

export const attemptsOfCallLoader = loaderOfChildren(
  ({ services }, callIds) => services.calls.attemptsOf(callIds),
  (attempt) => attempt.callId,
);
