import type { Target } from "./target.js";

export interface DeliverAsked {
  readonly target: Target;
  /** How many streams run at once. */
  readonly streams: number;
  readonly tokens: number;
  /** How many streams each client reads, one after the other. */
  readonly repeats: number;
}

export interface Delivered {
  readonly seconds: number;
  /** The tokens of all streams together. */
  readonly tokens: number;
}

export interface PacedAsked {
  /** The streams are of these in turn. */
  readonly targets: readonly Target[];
  readonly streams: number;
  readonly tokens: number;
}

/** What became of streams. Times are milliseconds. */
export type Paced = Readonly<
  Record<"refused" | "broken" | "stalled" | "firstP50" | "firstP99" | "delayP50" | "delayP99", number>
>;
