import { authorize, reachOf } from "../../auth/policy.js";
import type { Viewer } from "../../auth/viewer.js";
import type { Columns, ValuesOf } from "../../db/column-type.js";
import { fetchPage, fetchPages, type Page } from "../../db/page.js";
import { acrossTeamsInReach, ofTeamsToRead } from "../../db/reach-condition.js";
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
    const filter = filterOf(request);
    if (isGuided(filter)) {
      const list = { ...listOf(request, false), row };
      const page = await this.guided.page(viewer, { list, window: request, filter });
      if (page) return page;
    }
    const reach = reachOf(viewer);
    const isByTeam = filter.errorText == null;
    const across = isByTeam ? acrossTeamsInReach(reach, filter.teamIds) : undefined;
    const rows = { ...fits(filter, isByTeam ? [] : ofTeamsToRead(reach, filter.teamIds)), ...(across && { across }) };
    return fetchPage(this.sql, { ...listOf(request, across !== undefined), row }, request, rows);
  }

  /** For loaders: a page of the calls of teams in the viewer's reach. */
  async listByTeams(teamIds: readonly string[], request: CallListRequest): Promise<Page<LlmCallRow>[]> {
    return fetchPages(this.sql, listOf(request, true), teamIds, request, fits(filterOf(request)));
  }
}

const filterOf = ({ filter }: CallListRequest): LlmCallFilter => (filter ? validate(filter, "filter") : {});

function listOf({ orderBy }: CallListRequest, isByTeam: boolean) {
  if (orderBy === LlmCallOrder.OLDEST_FIRST) return isByTeam ? oldestCallsOfTeam : oldestCalls;
  return isByTeam ? newestCallsOfTeam : newestCalls;
}
