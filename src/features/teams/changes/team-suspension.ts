import { type AdminViewer, authorityOf, type OrganizationViewer } from "../../../auth/viewer.js";
import type { Db } from "../../../db/client.js";
import { inTransaction } from "../../../db/transaction.js";
import type { Team } from "../../../generated/prisma/client.js";
import type { Shown } from "../../audit/act.js";
import type { AuditTrail } from "../../audit/audit-trail.js";
import { lockTeam } from "../../organizations/kept-account.sql.js";
import { findTeams, resumeTeam, suspendTeam } from "../team.sql.js";
import { ofTeam } from "./shown-team.js";

const STATEMENTS = { suspendTeam, resumeTeam };

/** Writes that a team may not work, or may work again. */
export class TeamSuspension {
  constructor(
    private readonly db: Db,
    private readonly trail: AuditTrail,
  ) {}

  /** Returns the changed team. Null, and nothing is written, if there is nothing to change, or if the viewer may not. */
  set(
    viewer: AdminViewer | OrganizationViewer,
    operation: "suspendTeam" | "resumeTeam",
    id: string,
  ): Promise<Team | null> {
    return inTransaction(this.db, async (transaction) => {
      const { sql } = transaction;
      await sql.run(lockTeam, { teamId: id });
      const [present] = await sql.run(findTeams, { ids: [id] });
      const [team] = await sql.run(STATEMENTS[operation], { id, authority: authorityOf(viewer) });
      if (!present || !team) return null;
      const change = { before: shownStatus(present), after: shownStatus(team) };
      await this.trail.recordChange(transaction, viewer, { ...ofTeam(operation, team), ...change });
      return team;
    });
  }
}

const shownStatus = ({ status, suspendedBy }: Team): Shown => ({ status, suspendedBy });
