import { toConnection } from "../../edge/graphql/connection.js";
import { loaderOfChildren, loaderOfLists } from "../../edge/graphql/loaders.js";
import type { PageWindow } from "../../input/page-window.js";

export const callsOfJobLoader = loaderOfLists(async ({ services }, jobIds, window: PageWindow) =>
  (await services.calls.listByJobs(jobIds, window)).map(toConnection),
);

export const attemptsOfCallLoader = loaderOfChildren(
  (services, callIds) => services.calls.attemptsOf(callIds),
  (attempt) => attempt.callId,
);
