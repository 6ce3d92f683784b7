import { reachOf } from "../../auth/policy.js";
import { reachesTeam } from "../../auth/reach.js";
import type { KnownViewer } from "../../auth/viewer.js";
import type { Sql } from "../../db/statement.js";
import { notFound } from "../../lib/errors.js";
import { isId } from "../../lib/ids.js";
import { findOwner } from "./team-reach.sql.js";

/** Tells whether a team is in a viewer's reach, to those who have the team's id and no row of it. */
export class TeamReach {
  constructor(private readonly sql: Sql) {}

  /** Throws NOT_FOUND if the team is not in reach. To the admin, who reaches everything, it need not exist. */
  async require(viewer: KnownViewer, teamId: string): Promise<void> {
    const reach = reachOf(viewer);
    if (!isId(teamId)) throw notFound("team", teamId);
    // Only an organization reaches teams that its credential does not name.
    const [owner] =
      reach.kind === "organization"
        ? await this.sql.run(findOwner, { teamId })
        : [{ organizationId: "", ...reach, teamId }];
    if (!owner || !reachesTeam(reach, owner)) throw notFound("team", teamId);
  }
}
