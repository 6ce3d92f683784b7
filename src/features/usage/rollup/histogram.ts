// How many values there were of which size, as one number: its 12 decimal digits number n are the count of bucket n. So a
// value is the number 10^(12 n), and histograms are added, and taken from each other, as numbers are. The database does so
// with sum(), faster than with arrays, and keeps no digits of empty buckets above and below.

const DIGITS_OF_COUNT = 12;
const LARGEST = 3_600_000;
/** A bucket is so many eighths wide of its least value, but no less than 1. */
const WIDTH = 1.125;

/**
 * The least value of each bucket but the first, whose least is 0. Up to 11 each value has its own bucket. They must never
 * change, because the counts of the past have been kept by them.
 */
const BOUNDS: readonly number[] = boundsTo(LARGEST);

function boundsTo(largest: number): number[] {
  const bounds = [1];
  for (let last = 1; last < largest; ) {
    last = Math.min(largest, Math.max(last + 1, Math.round(last * WIDTH)));
    bounds.push(last);
  }
  return bounds;
}

/** The histogram of a single value, as SQL: `value` is SQL for an integer of 0 or more, or for null, which counts nowhere. */
export const histogramOf = (value: string): string =>
  `COALESCE(('1e' || ${DIGITS_OF_COUNT} * width_bucket(${value}, '{${BOUNDS.join()}}'::integer[]))::numeric, 0)`;

/**
 * The values that so many percent of all do not pass, of a histogram as text. Each is the middle of its bucket, so it is
 * at most a thirteenth off. Null if there are no values.
 */
export function percentilesOf<Percent extends number>(
  histogram: string,
  percents: readonly Percent[],
): Record<Percent, number> | null {
  const counts = countsOf(histogram);
  const total = counts.reduce((sum, count) => sum + count, 0);
  if (total === 0) return null;
  const found = percents.map((percent) => [percent, valueAt(counts, Math.ceil((total * percent) / 100))]);
  return Object.fromEntries(found);
}

function countsOf(histogram: string): number[] {
  const counts: number[] = [];
  for (let end = histogram.length; end > 0; end -= DIGITS_OF_COUNT)
    counts.push(Number(histogram.slice(Math.max(0, end - DIGITS_OF_COUNT), end)));
  return counts;
}

function valueAt(counts: readonly number[], place: number): number {
  let passed = 0;
  const bucket = counts.findIndex((count) => {
    passed += count;
    return passed >= place;
  });
  const least = BOUNDS[bucket - 1] ?? 0;
  const next = BOUNDS[bucket];
  return next === undefined ? least : Math.floor((least + next - 1) / 2);
}
