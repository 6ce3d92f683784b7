import { authorize, reachOf } from "../../auth/policy.js";
import type { Reach } from "../../auth/reach.js";
import type { Viewer } from "../../auth/viewer.js";
import type { Columns, ValuesOf } from "../../db/column-type.js";
import { isOneOf } from "../../db/filter-condition.js";
import { fetchPage, fetchPages, type Page } from "../../db/page.js";
import { acrossTeamsInReach } from "../../db/reach-condition.js";
import type { Sql } from "../../db/statement.js";
import type { PageWindow } from "../../input/page-window.js";
import { validate } from "../../input/validate.js";
import type { LlmCallRow } from "../calls/call.service.js";
import { calls } from "../calls/call.sql.js";
import { type LlmCallFilter, LlmCallOrder } from "./call-filter.input.js";
import { briefCallRow, fits, newestCalls, newestCallsOfTeam, oldestCalls, oldestCallsOfTeam } from "./call-list.sql.js";
import { type GuidedList, isGuided } from "./guided-list.js";

export type BriefCallRow = ValuesOf<typeof briefCallRow>;

export interface CallListRequest extends PageWindow {
  readonly filter?: LlmCallFilter | null;
  readonly orderBy?: LlmCallOrder | null;
}

/** Lists calls across jobs and teams. */
export class CallListService {
  constructor(
    private readonly sql: Sql,
    private readonly guided: GuidedList,
  ) {}

  /** Lists the calls in the viewer's reach. Teams and keys that the filter names beyond it are passed over. */
  list(viewer: Viewer, request: CallListRequest): Promise<Page<LlmCallRow>> {
    return this.page(viewer, request, calls.row);
  }

  /** The same without what was answered. */
  listBrief(viewer: Viewer, request: CallListRequest): Promise<Page<BriefCallRow>> {
    return this.page(viewer, request, briefCallRow);
  }

  private async page<Row extends Columns>(
    viewer: Viewer,
    request: CallListRequest,
    row: Row,
  ): Promise<Page<ValuesOf<Row>>> {
    authorize(viewer, "call.read");
    return this.pageOf(reachOf(viewer), { request, filter: filterOf(request), row });
  }

  private async pageOf<Row extends Columns>(
    reach: Reach,
    { request, filter, row }: { request: CallListRequest; filter: LlmCallFilter; row: Row },
  ): Promise<Page<ValuesOf<Row>>> {
    const owners = acrossTeamsInReach(reach, filter.teamIds) ?? null;
    const unguided = (by: "near first" | "index") => {
      const list = { ...listOf(request, owners !== null), row };
      return fetchPage(this.sql, list, request, fits(filter, by, owners, partsOf(reach, filter)));
    };
    if (!isGuided(filter)) return unguided("near first");
    return this.guided.page(reach, {
      listOf: (isByTeam) => ({ ...listOf(request, isByTeam), row }),
      window: request,
      filter,
      unguided,
    });
  }

  /** For loaders: a page of the calls of teams in the viewer's reach, with one statement for all of them. */
  async listByTeams(teamIds: readonly string[], request: CallListRequest): Promise<Page<LlmCallRow>[]> {
    const filter = filterOf(request);
    const rows = fits(filter, "near first", null, 1);
    const all = [...rows.all, ...(filter.teamIds ? [isOneOf("team_id", filter.teamIds)] : [])];
    return fetchPages(this.sql, listOf(request, true), teamIds, request, { ...rows, all });
  }
}

/** How many teams an organization has, about. */
const TEAMS_OF_ORGANIZATION = 10;

const partsOf = (reach: Reach, { teamIds }: LlmCallFilter): number =>
  teamIds?.length ?? (reach.kind === "organization" ? TEAMS_OF_ORGANIZATION : 1);

const filterOf = ({ filter }: CallListRequest): LlmCallFilter => (filter ? validate(filter, "filter") : {});

function listOf({ orderBy }: CallListRequest, isByTeam: boolean) {
  if (orderBy === LlmCallOrder.OLDEST_FIRST) return isByTeam ? oldestCallsOfTeam : oldestCalls;
  return isByTeam ? newestCallsOfTeam : newestCalls;
}
