import type { Reach } from "../../auth/reach.js";
import type { Columns, ValuesOf } from "../../db/column-type.js";
import type { List } from "../../db/lists/list.js";
import { keyOfCursor } from "../../db/lists/page-cursor.js";
import { fetchPage, type Page } from "../../db/page.js";
import { acrossTeamsInReach } from "../../db/reach-condition.js";
import type { Sql } from "../../db/statement.js";
import { LlmCallStatus } from "../../generated/prisma/client.js";
import { COUNT_MAX, PAGE_FIRST_DEFAULT, type PageWindow } from "../../input/page-window.js";
import type { Clock } from "../../lib/clock.js";
import { isUuid } from "../../lib/ids.js";
import { type CallHour, type CallHours, type CallsWanted, HOUR_MS } from "../usage/call-hours.js";
import { FINAL_STATUSES } from "../usage/report/calls-by-hour.sql.js";
import type { LlmCallFilter } from "./call-filter.input.js";
import { type CallSpan, fitsInSpans, ownersOfKeys, statusesOf } from "./call-list.sql.js";

/** A list of calls whose filter has names, which usage counts by the hour. */
export interface GuidedRequest<Row extends Columns> {
  readonly listOf: (isByTeam: boolean) => List<Row>;
  readonly window: PageWindow;
  readonly filter: LlmCallFilter;
  /** The same list, read without what usage knows. */
  readonly unguided: (by: "near first" | "index") => Promise<Page<ValuesOf<Row>>>;
}

/** So many calls with these names are read first to find some that fit. */
const SEARCHED_FIRST = 1_000;
/** If there are no more than so many, all are read. */
const SEARCHED_MAX = 5_000;
/** If at least a quarter of the first ones fit, so many are read to count those that fit. */
const COUNTED_MAX = 25_000;

/** Whether usage knows in which hours there are such calls, and no index has them in their order. */
export const isGuided = ({ keyIds, modelGroups, models, jobTypes }: LlmCallFilter): boolean =>
  [keyIds, modelGroups, models, jobTypes].some((names) => names != null);

/** Whether a call must be read to know whether it fits. */
const isSearched = ({ kind, errorCodes, metadataContains, errorText }: LlmCallFilter): boolean =>
  [kind, errorCodes, metadataContains, errorText].some((given) => given != null);

/** Reads lists of rare calls in those hours only in which there are some. */
export class GuidedList {
  constructor(
    private readonly sql: Sql,
    private readonly hours: CallHours,
    private readonly clock: Clock,
  ) {}

  /**
   * If usage does not count all calls yet, or too many of those with these names do not fit, the list is read without what it
   * knows.
   */
  async page<Row extends Columns>(reach: Reach, request: GuidedRequest<Row>): Promise<Page<ValuesOf<Row>>> {
    const { window, filter, unguided } = request;
    const needed = (window.offset ?? 0) + (window.first ?? PAGE_FIRST_DEFAULT) + 1;
    for (const calls of isSearched(filter) ? [SEARCHED_FIRST, SEARCHED_MAX] : [0]) {
      const found = await this.find(reach, request, Math.max(needed, calls));
      if (!found) return unguided("near first");
      if (calls === SEARCHED_MAX && !found.isAll) break;
      const page = await this.read(reach, request, window, [found.partly, found.wholly]);
      if (!isSearched(filter) || page.hasNextPage || found.isAll)
        return { ...page, count: () => this.count(reach, request) };
    }
    return { ...(await unguided("index")), count: () => this.count(reach, request) };
  }

  /** Counts as far as every list does. The calls of whole hours are counted already, if usage knows that they fit. */
  private async count<Row extends Columns>(reach: Reach, request: GuidedRequest<Row>): Promise<number> {
    const ofAll = { ...request, window: {} };
    if (isSearched(request.filter)) return this.countSearched(reach, ofAll);
    const found = await this.find(reach, ofAll, COUNT_MAX);
    if (!found) return (await request.unguided("near first")).count();
    if (found.callsOfWhole >= COUNT_MAX) return COUNT_MAX;
    const others = await this.read(reach, ofAll, { first: 1 }, [found.partly, []]);
    return Math.min(COUNT_MAX, found.callsOfWhole + (await others.count()));
  }

  private async countSearched<Row extends Columns>(reach: Reach, request: GuidedRequest<Row>): Promise<number> {
    let isCommon = false;
    // Words take longer to look up in each call than in their index.
    const steps = request.filter.errorText == null ? [COUNTED_MAX] : [];
    for (const calls of [SEARCHED_FIRST, SEARCHED_MAX, ...steps]) {
      const found = await this.find(reach, request, calls);
      if (!found) return (await request.unguided("near first")).count();
      if (calls > SEARCHED_FIRST && !found.isAll && !isCommon) break;
      if (calls === SEARCHED_MAX && !found.isAll) continue;
      const count = await (await this.read(reach, request, { first: 1 }, [found.partly, found.wholly])).count();
      if (found.isAll || count === COUNT_MAX) return count;
      isCommon = count >= calls / 4;
    }
    return (await request.unguided("index")).count();
  }

  private find<Row extends Columns>(reach: Reach, request: GuidedRequest<Row>, calls: number) {
    return this.hours.find(this.wanted(reach, request, calls), this.clock.now());
  }

  private read<Row extends Columns>(
    reach: Reach,
    { listOf, filter }: GuidedRequest<Row>,
    window: PageWindow,
    [partly, wholly]: [readonly Date[], readonly CallHour[]],
  ): Promise<Page<ValuesOf<Row>>> {
    const inReach = acrossTeamsInReach(reach, filter.teamIds) ?? null;
    const owners = filter.keyIds ? ownersOfKeys(inReach, filter.keyIds.filter(isUuid)) : inReach;
    const hours = [...partly.map((start) => ({ start, teamIds: null })), ...wholly];
    const spans = statusesOf(filter).flatMap((status): CallSpan[] => {
      // Running calls are few, and usage does not count them.
      if (status === LlmCallStatus.RUNNING) return [{ status, start: "-infinity", end: "infinity", teamId: null }];
      return hours.flatMap(({ start, teamIds }) => {
        const end = new Date(start.getTime() + HOUR_MS).toISOString();
        return (teamIds ?? [null]).map((teamId) => ({ status, start: start.toISOString(), end, teamId }));
      });
    });
    return fetchPage(this.sql, listOf(owners !== null), window, fitsInSpans(filter, owners, spans));
  }

  private wanted<Row extends Columns>(
    reach: Reach,
    { listOf, window, filter }: Pick<GuidedRequest<Row>, "listOf" | "window" | "filter">,
    calls: number,
  ): CallsWanted {
    const list = listOf(false);
    const isNewestFirst = list.direction.startsWith("DESC");
    const [cursor] = window.after == null ? [] : keyOfCursor(list, window.after);
    const at = cursor === undefined ? null : new Date(cursor);
    const { createdAfter = null, createdBefore = null } = filter;
    const from = isNewestFirst || at === null ? createdAfter : at;
    const to = isNewestFirst && at !== null ? at : createdBefore;
    const statuses = FINAL_STATUSES.filter((status) => statusesOf(filter).includes(status));
    return { reach, fits: fitsOf(filter), statuses, from, to, isNewestFirst, calls };
  }
}

const fitsOf = ({ teamIds, keyIds, modelGroups, models, jobTypes }: LlmCallFilter): CallsWanted["fits"] => ({
  organizationIds: null,
  teamIds: teamIds ?? null,
  keyIds: keyIds?.filter(isUuid) ?? null,
  modelGroups: modelGroups ?? null,
  models: models ?? null,
  jobTypes: jobTypes ?? null,
});
