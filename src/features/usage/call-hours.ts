import type { Reach } from "../../auth/reach.js";
import type { Sql } from "../../db/statement.js";
import {
  callsByHour,
  callsOfHourRow,
  FIRST_HOUR,
  type FinalStatus,
  firstHourRow,
  type HoursWanted,
} from "./report/calls-by-hour.sql.js";
import type { UsageFolding } from "./rollup/usage-folding.js";

export const HOUR_MS = 3_600_000;
/** How many hours are looked for, statement by statement. */
const HOURS_FIRST = 50;
const HOURS_MORE = 1_000;

export interface CallsWanted {
  readonly reach: Reach;
  readonly fits: HoursWanted["fits"];
  readonly statuses: readonly FinalStatus[];
  /** Between these times. Null means no bound. */
  readonly from: Date | null;
  readonly to: Date | null;
  readonly isNewestFirst: boolean;
  /** How many calls are wanted. */
  readonly calls: number;
}

/** An hour with such calls. */
export interface CallHour {
  readonly start: Date;
  /** The teams that have them. Null means any. */
  readonly teamIds: readonly string[] | null;
}

export interface FoundHours {
  /** The beginnings of hours of which not all calls may fit, or not all may be counted. */
  readonly partly: readonly Date[];
  /** The other hours, and how many settled calls they have together. */
  readonly wholly: readonly CallHour[];
  readonly callsOfWhole: number;
  /** Whether there are no other hours with such calls. */
  readonly isAll: boolean;
}

/**
 * Finds the hours in which there are calls of some kind, by what usage counts of each hour. So a list of rare calls reads only
 * those hours of the table of calls.
 */
export class CallHours {
  constructor(
    private readonly sql: Sql,
    private readonly folding: UsageFolding,
  ) {}

  /**
   * The first hours that together have as many settled calls as are wanted, or all hours that have any. The last two hours
   * are always among them, because calls may be settled at this moment. Null if usage does not count everything yet, so that
   * it cannot say.
   */
  async find(wanted: CallsWanted, now: Date): Promise<FoundHours | null> {
    if (!(await this.folding.catchUp())) return null;
    const thisHour = hourOf(now);
    const partly = new Set([thisHour, thisHour - HOUR_MS]);
    const wholly: CallHour[] = [];
    let callsOfWhole = 0;
    let missing = wanted.statuses.length === 0 ? 0 : wanted.calls;
    let isAll = true;
    for await (const { start, calls, teamIds } of this.hoursOf(wanted, now)) {
      if (missing <= 0) {
        isAll = wanted.statuses.length === 0;
        break;
      }
      if (!isWhole(start, wanted)) partly.add(start.getTime());
      if (partly.has(start.getTime())) continue;
      wholly.push({ start, teamIds });
      callsOfWhole += calls;
      missing -= calls;
    }
    return { partly: [...partly].map(dateOf), wholly, callsOfWhole, isAll };
  }

  private async *hoursOf(wanted: CallsWanted, now: Date) {
    const [oldest] = await this.sql.query(FIRST_HOUR, firstHourRow);
    const bounds = { from: latest(wanted.from, oldest?.start ?? now), to: earliest(wanted.to, now) };
    for (let hoursMax = HOURS_FIRST; bounds.from <= bounds.to; hoursMax = HOURS_MORE) {
      const found = await this.sql.query(callsByHour({ ...wanted, ...bounds, hoursMax }), callsOfHourRow);
      yield* found;
      const last = found.at(-1);
      if (!last || found.length < hoursMax) return;
      if (wanted.isNewestFirst) bounds.to = new Date(last.start.getTime() - HOUR_MS);
      else bounds.from = new Date(last.start.getTime() + HOUR_MS);
    }
  }
}

const dateOf = (time: number): Date => new Date(time);
const hourOf = (time: Date): number => Math.floor(time.getTime() / HOUR_MS) * HOUR_MS;
const latest = (time: Date | null, other: Date): Date => (time && time > other ? time : other);
const earliest = (time: Date | null, other: Date): Date => (time && time < other ? time : other);

/** Whether all of an hour lies between the times. Of another hour, nobody knows how many of its calls do. */
const isWhole = (start: Date, { from, to }: Pick<CallsWanted, "from" | "to">): boolean =>
  (from === null || start >= from) && (to === null || start.getTime() + HOUR_MS <= to.getTime());
