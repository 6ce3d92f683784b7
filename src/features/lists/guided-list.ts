import { reachOf } from "../../auth/policy.js";
import type { KnownViewer } from "../../auth/viewer.js";
import type { Columns, ValuesOf } from "../../db/column-type.js";
import { fetchPage, type List, type Page } from "../../db/page.js";
import { keyOfCursor } from "../../db/page-cursor.js";
import { ofTeamsToRead } from "../../db/reach-condition.js";
import type { Sql } from "../../db/statement.js";
import { LlmCallStatus } from "../../generated/prisma/client.js";
import { COUNT_MAX, PAGE_FIRST_DEFAULT, type PageWindow } from "../../input/page-window.js";
import type { Clock } from "../../lib/clock.js";
import { isUuid } from "../../lib/ids.js";
import { type CallHours, type CallsWanted, HOUR_MS } from "../usage/call-hours.js";
import { FINAL_STATUSES } from "../usage/report/calls-by-hour.sql.js";
import type { LlmCallFilter } from "./call-filter.input.js";
import { type CallSpan, fitsInSpans } from "./call-list.sql.js";

/** A list of calls whose filter has no index of its own, but that usage counts by the hour. */
export interface GuidedRequest<Row extends Columns> {
  readonly list: List<Row>;
  readonly window: PageWindow;
  readonly filter: LlmCallFilter;
}

/** Whether usage knows in which hours there are such calls, and no index has them in their order. */
export const isGuided = ({ keyIds, modelGroups, models, jobTypes, ...others }: LlmCallFilter): boolean =>
  [keyIds, modelGroups, models, jobTypes].some((names) => names != null) &&
  [others.errorCodes, others.metadataContains, others.errorText].every((given) => given == null);

/** Reads lists of rare calls in those hours only in which there are some. */
export class GuidedList {
  constructor(
    private readonly sql: Sql,
    private readonly hours: CallHours,
    private readonly clock: Clock,
  ) {}

  /** Null if usage cannot say in which hours the calls are, because it does not count all of them yet. */
  async page<Row extends Columns>(
    viewer: KnownViewer,
    request: GuidedRequest<Row>,
  ): Promise<Page<ValuesOf<Row>> | null> {
    const { window, list, filter } = request;
    const needed = (window.offset ?? 0) + (window.first ?? PAGE_FIRST_DEFAULT) + 1;
    const found = await this.hours.find(this.wanted(viewer, request, needed), this.clock.now());
    if (!found) return null;
    const starts = [...found.partly, ...found.wholly];
    const page = await fetchPage(this.sql, list, window, this.rowsIn(viewer, filter, starts));
    return { ...page, count: () => this.count(viewer, request) };
  }

  /** Counts as far as every list does. The calls of whole hours are counted already. */
  private async count<Row extends Columns>(viewer: KnownViewer, { filter, list }: GuidedRequest<Row>): Promise<number> {
    const wanted = this.wanted(viewer, { filter, list, window: {} }, COUNT_MAX);
    const found = await this.hours.find(wanted, this.clock.now());
    const others = await fetchPage(this.sql, list, { first: 1 }, this.rowsIn(viewer, filter, found?.partly ?? []));
    return Math.min(COUNT_MAX, (found?.callsOfWhole ?? 0) + (await others.count()));
  }

  private rowsIn(viewer: KnownViewer, filter: LlmCallFilter, starts: readonly Date[]) {
    const statuses = filter.status ?? Object.values(LlmCallStatus);
    const spans = [...new Set(statuses)].flatMap((status): CallSpan[] => {
      // Running calls are few, and usage does not count them.
      if (status === LlmCallStatus.RUNNING) return [{ status, start: "-infinity", end: "infinity" }];
      return starts.map((start) => {
        return { status, start: start.toISOString(), end: new Date(start.getTime() + HOUR_MS).toISOString() };
      });
    });
    return fitsInSpans(filter, ofTeamsToRead(reachOf(viewer)), spans);
  }

  private wanted<Row extends Columns>(
    viewer: KnownViewer,
    { list, window, filter }: GuidedRequest<Row>,
    needed: number,
  ): CallsWanted {
    const isNewestFirst = list.direction.startsWith("DESC");
    const [cursor] = window.after == null ? [] : keyOfCursor(list, window.after);
    const at = cursor === undefined ? null : new Date(cursor);
    const { createdAfter = null, createdBefore = null } = filter;
    const from = isNewestFirst || at === null ? createdAfter : at;
    const to = isNewestFirst && at !== null ? at : createdBefore;
    const statuses = FINAL_STATUSES.filter((status) => filter.status?.includes(status) ?? true);
    return { reach: reachOf(viewer), fits: fitsOf(filter), statuses, from, to, isNewestFirst, calls: needed };
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
