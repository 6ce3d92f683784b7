/** The colours of series, in the order in which they are given. The last one is for "other". */
export const COLOURS = ["var(--s1)", "var(--s2)", "var(--s3)", "var(--s4)", "var(--s5)", "var(--s6)"] as const;
export const OTHER_COLOUR = "var(--s7)";

export interface Series {
  readonly id: string;
  readonly name: string;
  readonly colour: string;
}

/** One step of the axis of time, with the value of each series by its id. */
export interface Point {
  readonly start: Date;
  readonly values: Readonly<Record<string, number>>;
}

export const sumOf = ({ values }: Point): number => Object.values(values).reduce((sum, value) => sum + value, 0);

const STEPS_MAX = 4;

/** Returns round values from 0 to at least the largest: steps of 1, 2, 2.5 or 5, and their tenfold. */
export function ticksUpTo(largest: number): readonly number[] {
  if (largest <= 0) return [0, 1];
  const power = 10 ** Math.floor(Math.log10(largest / STEPS_MAX));
  const step =
    [1, 2, 2.5, 5, 10].map((factor) => factor * power).find((size) => size * STEPS_MAX >= largest) ?? largest;
  return Array.from({ length: Math.ceil(largest / step) + 1 }, (_, index) => index * step);
}
