/** How long a time one row of usage_rollups counts. Ten days begin on the 1st, the 11th and the 21st of a month. */
type Span = "HOUR" | "DAY" | "TEN_DAYS" | "MONTH";
export type Granularity = Exclude<Span, "TEN_DAYS"> | "ALL";

/** The rows of usage_rollups that count one hour, day, ten days or month. What they count is added, or taken away. */
export interface Point {
  readonly span: Span;
  readonly start: Date;
  readonly sign: 1 | -1;
}

/** A time of a report, and the points that make it up: together they count exactly what was used in it. */
export interface Bucket {
  readonly start: Date;
  readonly points: readonly Point[];
}

export interface Range {
  readonly from: Date;
  readonly to: Date;
}

const HOUR_MS = 3_600_000;

/** Widens a range to whole hours, of which the least points are made. */
export const wholeHours = ({ from, to }: Range): Range => ({
  from: new Date(Math.floor(from.getTime() / HOUR_MS) * HOUR_MS),
  to: new Date(Math.ceil(to.getTime() / HOUR_MS) * HOUR_MS),
});

/** The buckets of a range of whole hours, from that on which begins at `since`. */
export function* bucketsOf({ from, to }: Range, granularity: Granularity, since: Date = from): Generator<Bucket> {
  for (let start = since; start < to; ) {
    const end = granularity === "ALL" ? to : earlier(endOf(granularity, start), to);
    yield { start, points: pointsOf({ from: start, to: end }) };
    start = end;
  }
}

/** How many buckets a range has, at most. */
export function bucketCount({ from, to }: Range, granularity: Granularity): number {
  const hours = (to.getTime() - from.getTime()) / HOUR_MS;
  return Math.ceil(hours / { HOUR: 1, DAY: 24, MONTH: 24 * 28, ALL: Number.POSITIVE_INFINITY }[granularity]) + 1;
}

/** Whether a bucket of the range begins at this time. */
export function isStartOfBucket(range: Range, granularity: Granularity, time: Date): boolean {
  if (time.getTime() === range.from.getTime()) return true;
  return granularity !== "ALL" && time > range.from && time < range.to && isStartOf(granularity, time);
}

/** What the longer times are made of. */
const SMALLER = { MONTH: "TEN_DAYS", TEN_DAYS: "DAY", DAY: "HOUR" } as const;

/**
 * Few points that make up a range of whole hours: its months, and at both ends ten days, days and hours. If most of a month
 * is in the range, it is the whole month without the days outside, because these are fewer. So are days and their hours.
 */
export const pointsOf = (range: Range): Point[] => cover("MONTH", range, 1);

function cover(span: Span, { from, to }: Range, sign: 1 | -1): Point[] {
  const points: Point[] = [];
  for (let at = from; at < to; at = endOf(span, at)) {
    const whole = { from: startOf(span, at), to: endOf(span, at) };
    const part = { from: at, to: earlier(whole.to, to) };
    const isWhole = span === "HOUR" || msOf(part) === msOf(whole);
    if (isWhole) points.push({ span, start: at, sign });
    else if (msOf(part) * 2 <= msOf(whole)) points.push(...cover(SMALLER[span], part, sign));
    else {
      const other = sign === 1 ? -1 : 1;
      points.push({ span, start: whole.from, sign });
      for (const outside of [
        { from: whole.from, to: part.from },
        { from: part.to, to: whole.to },
      ])
        points.push(...cover(SMALLER[span], outside, other));
    }
  }
  return points;
}

const msOf = ({ from, to }: Range): number => to.getTime() - from.getTime();

/** When the hour, day, ten days or month began that a time is in. */
function startOf(span: Span, time: Date): Date {
  const [year, month, day, hour] = [time.getUTCFullYear(), time.getUTCMonth(), time.getUTCDate(), time.getUTCHours()];
  if (span === "MONTH") return utc(year, month, 1);
  if (span === "TEN_DAYS") return utc(year, month, tenth(day));
  return utc(year, month, day, span === "DAY" ? 0 : hour);
}

/** When the hour, day, ten days or month ends that a time is in. */
function endOf(span: Span, time: Date): Date {
  const [year, month, day, hour] = [time.getUTCFullYear(), time.getUTCMonth(), time.getUTCDate(), time.getUTCHours()];
  if (span === "MONTH" || (span === "TEN_DAYS" && day > 20)) return utc(year, month + 1, 1);
  if (span === "TEN_DAYS") return utc(year, month, tenth(day) + 10);
  return span === "DAY" ? utc(year, month, day + 1) : utc(year, month, day, hour + 1);
}

/** The day with which the ten days of a day begin. */
const tenth = (day: number): number => 1 + 10 * Math.min(2, Math.floor((day - 1) / 10));

/** Date.UTC takes years below 100 for those of the last century. */
function utc(year: number, month: number, day: number, hour = 0): Date {
  const date = new Date(0);
  date.setUTCFullYear(year, month, day);
  date.setUTCHours(hour);
  return date;
}

const isStartOf = (span: Span, time: Date): boolean => startOf(span, time).getTime() === time.getTime();

const earlier = (one: Date, other: Date): Date => (one < other ? one : other);
