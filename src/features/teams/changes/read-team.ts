import type { Transaction } from "../../../db/transaction.js";
import type { Team } from "../../../generated/prisma/client.js";
import { notFound } from "../../../lib/errors.js";
import type { Shown } from "../../audit/act.js";
import { groupNamesOfTeam } from "../../keys/key.sql.js";
import { findTeams } from "../team.sql.js";
import { shownTeam } from "./shown-team.js";

/** Reads a team that is locked, and what the audit says of it and its groups. Throws NOT_FOUND if it does not exist. */
export async function readTeam(
  { sql }: Transaction,
  id: string,
): Promise<{ readonly team: Team; readonly shown: Shown }> {
  const [team] = await sql.run(findTeams, { ids: [id] });
  if (!team) throw notFound("team", id);
  const groups = await sql.run(groupNamesOfTeam, { teamId: id });
  return {
    team,
    shown: shownTeam(
      team,
      groups.map(({ name }) => name),
    ),
  };
}
