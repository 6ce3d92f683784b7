import { loaderOfLists } from "../../edge/graphql/loaders.js";
import type { UsageInput } from "./usage.input.js";

interface ReportOfTeam {
  readonly input: UsageInput;
  /** The names of the figures that are read. */
  readonly wants: readonly string[];
}

export const usageOfTeamLoader = loaderOfLists(({ services, viewer }, teamIds, { input, wants }: ReportOfTeam) =>
  services.usage.reportsOfTeams(viewer, teamIds, input, new Set(wants)),
);
