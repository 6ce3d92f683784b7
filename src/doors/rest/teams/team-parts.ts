import type { RequestContext } from "../../../edge/context.js";
import { balanceLoader } from "../../../features/credits/credit.loader.js";
import { modelGroupsOfTeamLoader, modelsOfGroupLoader } from "../../../features/models/groups/model-group.loader.js";
import type { TeamRow } from "../../../features/teams/team.service.js";
import { notFound } from "../../../lib/errors.js";
import { type TeamParts, teamShape } from "./team.shapes.js";

/** Loads what an answer shows of a team besides its row. The parts of all teams of a list are loaded together. */
export async function partsOf(context: RequestContext, team: TeamRow): Promise<TeamParts> {
  const [balance, groups] = await Promise.all([
    balanceLoader(context).load(team.id),
    modelGroupsOfTeamLoader(context).load(team.id),
  ]);
  if (!balance) throw notFound("team", team.id);
  const models = await Promise.all(groups.map((group) => modelsOfGroupLoader(context).load(group.id)));
  return { balance, groups, models: models.flat() };
}

export async function wholeTeam(context: RequestContext, team: TeamRow) {
  return teamShape(team, await partsOf(context, team));
}
