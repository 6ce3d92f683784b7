/** How long a time one row of usage_rollups counts. */
export type Span = "HOUR" | "DAY" | "MONTH";
export type Granularity = Span | "ALL";

/** The rows of usage_rollups that count one hour, day or month. */
export interface Point {
  readonly span: Span;
  readonly start: Date;
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

/** The fewest points that make up a range of whole hours: its months, and days and hours at both ends. */
export function pointsOf({ from, to }: Range): Point[] {
  const points: Point[] = [];
  for (let start = from; start < to; ) {
    const at = start;
    const span = (["MONTH", "DAY"] as const).find((larger) => isStartOf(larger, at) && endOf(larger, at) <= to) ?? "HOUR";
    points.push({ span, start });
    start = endOf(span, start);
  }
  return points;
}

/** When the hour, day or month ends that a time is in. */
function endOf(span: Span, time: Date): Date {
  const [year, month, day, hour] = [time.getUTCFullYear(), time.getUTCMonth(), time.getUTCDate(), time.getUTCHours()];
  if (span === "MONTH") return utc(year, month + 1, 1);
  return span === "DAY" ? utc(year, month, day + 1) : utc(year, month, day, hour + 1);
}

/** Date.UTC takes years below 100 for those of the last century. */
function utc(year: number, month: number, day: number, hour = 0): Date {
  const date = new Date(0);
  date.setUTCFullYear(year, month, day);
  date.setUTCHours(hour);
  return date;
}

const isStartOf = (span: Span, time: Date): boolean => endOf(span, new Date(time.getTime() - 1)).getTime() === time.getTime();

const earlier = (one: Date, other: Date): Date => (one < other ? one : other);
