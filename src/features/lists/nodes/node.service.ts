import { authorize, reachOf } from "../../../auth/policy.js";
import { type Reach, reachesOrganization, reachesTeam } from "../../../auth/reach.js";
import type { Viewer } from "../../../auth/viewer.js";
import type { ValuesOf } from "../../../db/column-type.js";
import type { Sql } from "../../../db/statement.js";
import type { NodeRow } from "../../../edge/graphql/node.type.js";
import { invalid } from "../../../input/validate.js";
import { isUuid } from "../../../lib/ids.js";
import type { CallService } from "../../calls/call.service.js";
import type { JobService } from "../../jobs/job.service.js";
import type { OrganizationService } from "../../organizations/organization.service.js";
import type { TeamService } from "../../teams/team.service.js";
import { findNodes } from "./node.sql.js";

export const NODES_MAX = 100;

export interface NodeServiceDeps {
  readonly sql: Sql;
  readonly organizations: OrganizationService;
  readonly teams: TeamService;
  readonly jobs: JobService;
  readonly calls: CallService;
}

type Found = ValuesOf<typeof findNodes.row>;

/** The types of what is read by id, in the order in which an id that several have is looked for. */
const TYPES = ["Job", "LlmCall", "Team", "Organization"] as const;

/** Reads things of several types by their ids. */
export class NodeService {
  constructor(private readonly deps: NodeServiceDeps) {}

  /**
   * Returns what has these ids, in their order, and null for each that the viewer does not reach. If a team and an
   * organization have the same id, it is the team. Takes five statements at most.
   */
  async byIds(viewer: Viewer, ids: readonly string[]): Promise<(NodeRow | null)[]> {
    authorize(viewer, "viewer.read");
    if (ids.length > NODES_MAX) throw invalid("ids", `must have at most ${NODES_MAX} ids`, ids.length);
    const reach = reachOf(viewer);
    const found = await this.deps.sql.run(findNodes, { ids: [...ids], uuids: ids.filter(isUuid) });
    const inReach = found.filter((node) => isReached(reach, node));
    const rows = new Map<string, NodeRow>();
    for (const type of TYPES.toReversed()) {
      const ofType = inReach.filter((node) => node.type === type).map(({ id }) => id);
      const loaded = ofType.length > 0 ? await this.load(type, ofType) : [];
      for (const row of loaded) rows.set(row.id, { ...row, __typename: type });
    }
    return ids.map((id) => rows.get(isUuid(id) ? id.toLowerCase() : id) ?? null);
  }

  private load(type: (typeof TYPES)[number], ids: readonly string[]): Promise<readonly { readonly id: string }[]> {
    const { organizations, teams, jobs, calls } = this.deps;
    const services = { Job: jobs, LlmCall: calls, Team: teams, Organization: organizations };
    return services[type].byIds(ids);
  }
}

function isReached(reach: Reach, { teamId, organizationId, status }: Found): boolean {
  if (teamId !== null) return reachesTeam(reach, { teamId, organizationId, teamStatus: status });
  return reachesOrganization(reach, organizationId) && (status !== "DELETED" || reach.kind === "everything");
}
