import { authorize, reachOf } from "../../auth/policy.js";
import type { Viewer } from "../../auth/viewer.js";
import { fetchPages, type Page } from "../../db/page.js";
import { ofTeamsInReach } from "../../db/reach-condition.js";
import type { Sql } from "../../db/statement.js";
import type { VirtualKey as Row } from "../../generated/prisma/client.js";
import type { PageWindow } from "../../input/page-window.js";
import { validate } from "../../input/validate.js";
import { groupBy } from "../../lib/group-by.js";
import type { VirtualKeyFilter } from "./key.input.js";
import { findKeys, fits, keysOfTeams, virtualKeyRow, virtualKeys } from "./key.sql.js";
import { KEYS_OF_HOLDER_MAX } from "./key-rules.js";

/** Reads the keys of what the viewer has reached. */
export class KeyListsService {
  constructor(private readonly sql: Sql) {}

  /** For loaders: the rows of keys that were reached through something that the viewer may see. */
  byIds(ids: readonly string[]): Promise<Row[]> {
    return this.sql.run(findKeys, { ids });
  }

  /** For loaders: the first keys of each team in the viewer's reach that fit, oldest first, revoked ones after the others. */
  async listByTeams(teamIds: readonly string[], filter: VirtualKeyFilter | null): Promise<Row[][]> {
    const fitting = fits(filter ? validate(filter, "filter") : {});
    const found = await this.sql.query(keysOfTeams(teamIds, KEYS_OF_HOLDER_MAX, fitting), virtualKeyRow);
    const keys = groupBy(found, (key) => key.teamId);
    return teamIds.map((id) => keys.get(id) ?? []);
  }

  /** For loaders: a page of the keys of each organization's teams that are in the viewer's reach, newest first. */
  async listByOrganizations(
    viewer: Viewer,
    organizationIds: readonly string[],
    { filter, ...window }: PageWindow & { readonly filter?: VirtualKeyFilter | null },
  ): Promise<Page<Row>[]> {
    authorize(viewer, "team.read");
    const fitting = fits(filter ? validate(filter, "filter") : {});
    const reach = reachOf(viewer);
    // Who has reached the organization reaches all of its teams, but for a team, which reaches itself.
    const all = [...(reach.kind === "team" ? ofTeamsInReach(reach) : []), ...fitting];
    return fetchPages(this.sql, virtualKeys, organizationIds, window, { all });
  }
}
