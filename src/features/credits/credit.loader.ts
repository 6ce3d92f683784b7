import { toConnection } from "../../edge/graphql/connection.js";
import { loaderById, loaderOfChildren, loaderOfLists } from "../../edge/graphql/loaders.js";
import type { PageWindow } from "../../input/page-window.js";
import type { CreditEntryFilter } from "./credit.input.js";

export const balanceLoader = loaderById(
  (services, teamIds) => services.credits.balancesOf(teamIds),
  (balance) => balance.accountId,
);

type EntriesArgs = PageWindow & { filter?: CreditEntryFilter | null };

export const entriesOfTeamLoader = loaderOfLists(async ({ services }, teamIds, args: EntriesArgs) =>
  (await services.credits.entriesOf(teamIds, args)).map(toConnection),
);

export const entriesOfJobLoader = loaderOfChildren(
  (services, jobIds) => services.credits.entriesOfJobs(jobIds),
  (entry) => entry.jobId ?? "",
);

export const balanceAtLoader = loaderOfLists(({ services }, teamIds, { at }: { at: Date }) =>
  services.credits.balancesAt(teamIds, at),
);
