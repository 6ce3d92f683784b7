import { format, isThisYear, isToday } from "date-fns";

/** Returns a moment in the person's time zone, as short as the day allows: 14:02:11, or Nov 3, 14:02. */
export function formatTime(moment: Date): string {
  if (isToday(moment)) return format(moment, "HH:mm:ss");
  return format(moment, isThisYear(moment) ? "MMM d, HH:mm" : "MMM d, yyyy, HH:mm");
}

/** Returns a moment in UTC, to the millisecond. */
export const formatUtc = (moment: Date): string => `${moment.toISOString().replace("T", " ").replace("Z", "")} UTC`;

const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** Returns a length of time with its unit: 612 ms, 9.84 s, 3 min 20 s, 2 h 5 min, 4 d 3 h. */
export function formatDuration(ms: number): string {
  if (ms < SECOND_MS) return `${Math.round(ms)} ms`;
  if (ms < MINUTE_MS) return `${(ms / SECOND_MS).toFixed(ms < 10 * SECOND_MS ? 2 : 1)} s`;
  if (ms < HOUR_MS) return twoUnits(ms, [MINUTE_MS, "min"], [SECOND_MS, "s"]);
  if (ms < DAY_MS) return twoUnits(ms, [HOUR_MS, "h"], [MINUTE_MS, "min"]);
  return twoUnits(ms, [DAY_MS, "d"], [HOUR_MS, "h"]);
}

type Unit = readonly [ms: number, name: string];

function twoUnits(ms: number, [largeMs, large]: Unit, [smallMs, small]: Unit): string {
  const rest = Math.floor((ms % largeMs) / smallMs);
  return `${Math.floor(ms / largeMs)} ${large}${rest > 0 ? ` ${rest} ${small}` : ""}`;
}
