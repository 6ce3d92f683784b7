import type { PageRequest } from "../../db/page.js";
import { toConnection } from "../../edge/graphql/connection.js";
import { loaderOfChildren, loaderOfLists } from "../../edge/graphql/loaders.js";

export const callsOfJobLoader = loaderOfLists(async ({ app }, jobIds, request: PageRequest) =>
  (await app.calls.listByJobs(jobIds, request)).map(toConnection),
);

export const attemptsOfCallLoader = loaderOfChildren(
  ({ app }, callIds) => app.calls.attemptsOf(callIds),
  (attempt) => attempt.callId,
);
