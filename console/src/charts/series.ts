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
