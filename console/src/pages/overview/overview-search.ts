import { type PeriodSearch, readPeriod } from "../../period/period";

/** What the costs are grouped by. */
export const GROUPINGS = [
  ["model", "model"],
  ["modelGroup", "model group"],
  ["team", "team"],
  ["jobType", "job type"],
] as const;
export type Grouping = (typeof GROUPINGS)[number][0];

/** The figures of calls that are drawn over time. */
export const FIGURES = [
  ["calls", "Calls"],
  ["tokens", "Tokens"],
  ["errorRate", "Error rate"],
  ["fallbackRate", "Fallback rate"],
  ["firstToken", "p95 to first token"],
  ["latency", "p95 of the whole call"],
] as const;
export type FigureName = (typeof FIGURES)[number][0];

export interface OverviewSearch extends PeriodSearch {
  /** The id of the only team that counts. */
  readonly team?: string;
  /** Without one it is the model. */
  readonly by?: Grouping;
  /** Without one it is the number of calls. */
  readonly figure?: FigureName;
}

export function readOverviewSearch(search: Record<string, unknown>): OverviewSearch {
  const by = GROUPINGS.find(([name]) => name === search.by)?.[0];
  const figure = FIGURES.find(([name]) => name === search.figure)?.[0];
  const team = typeof search.team === "string" && search.team !== "" ? search.team : undefined;
  return { ...readPeriod(search), ...(team && { team }), ...(by && { by }), ...(figure && { figure }) };
}
