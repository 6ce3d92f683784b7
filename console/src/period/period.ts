import { addHours, startOfHour, sub } from "date-fns";
import type { UsageGranularity } from "../api/graphql";

export const PERIODS = [
  ["24h", "24 h"],
  ["7d", "7 d"],
  ["30d", "30 d"],
  ["custom", "Custom"],
] as const;
type PeriodName = (typeof PERIODS)[number][0];

/** Which range of time a page is about, as its address has it. */
export interface PeriodSearch {
  /** Without one it is 30 days. */
  readonly period?: PeriodName;
  /** The range of a period of one's own, as dates of UTC such as 2026-11-03. The last day is part of it. */
  readonly from?: string;
  readonly to?: string;
}

export interface Range {
  readonly from: Date;
  readonly to: Date;
}

const DATE = /^\d{4}-\d{2}-\d{2}$/;
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** Reads a period from the address, and leaves out what is not one. */
export function readPeriod(search: Record<string, unknown>): PeriodSearch {
  const period = PERIODS.find(([name]) => name === search.period)?.[0];
  const from = dateOf(search.from);
  const to = dateOf(search.to);
  if (period === "custom") return from && to && from <= to ? { period, from, to } : {};
  return period ? { period } : {};
}

function dateOf(value: unknown): string | undefined {
  const isDate = typeof value === "string" && DATE.test(value) && !Number.isNaN(Date.parse(value));
  return isDate ? value : undefined;
}

/** Returns the range of a period. One that goes up to now ends with the hour that runs. */
export function rangeOf({ period = "30d", from, to }: PeriodSearch, now: Date): Range {
  if (period === "custom" && from && to) return { from: new Date(from), to: new Date(Date.parse(to) + DAY_MS) };
  const end = addHours(startOfHour(now), 1);
  return { from: sub(end, period === "24h" ? { hours: 24 } : { days: period === "7d" ? 7 : 30 }), to: end };
}

/** Returns the range of the same length that ends where this one begins. */
export function rangeBefore({ from, to }: Range): Range {
  return { from: new Date(2 * from.getTime() - to.getTime()), to: from };
}

/** Returns how long the steps are in which a range is shown. There are some 25 to 90 of them. */
export function stepsOf({ from, to }: Range): UsageGranularity {
  const days = (to.getTime() - from.getTime()) / DAY_MS;
  if (days <= 3) return "HOUR";
  return days <= 100 ? "DAY" : "MONTH";
}

/** Returns all steps of a range, also those in which nothing happened. The first one begins with the range. */
export function startsOf(range: Range, steps: UsageGranularity): Date[] {
  const starts = [range.from];
  for (let next = after(range.from, steps); next < range.to; next = after(next, steps)) starts.push(next);
  return starts;
}

/** Returns the beginning of the next hour, day or month of UTC. */
function after(moment: Date, steps: UsageGranularity): Date {
  const ms = moment.getTime();
  if (steps === "HOUR") return new Date(ms - (ms % HOUR_MS) + HOUR_MS);
  if (steps === "DAY") return new Date(ms - (ms % DAY_MS) + DAY_MS);
  return new Date(Date.UTC(moment.getUTCFullYear(), moment.getUTCMonth() + 1));
}

const NAMES = {
  HOUR: new Intl.DateTimeFormat("en-US", {
    month: "short",
    day: "numeric",
    hour: "2-digit",
    minute: "2-digit",
    hour12: false,
    timeZone: "UTC",
  }),
  DAY: new Intl.DateTimeFormat("en-US", { month: "short", day: "numeric", timeZone: "UTC" }),
  MONTH: new Intl.DateTimeFormat("en-US", { month: "short", year: "numeric", timeZone: "UTC" }),
};

/** Returns what a step is called: Nov 3, 14:00 or Nov 3 or Nov 2026, in UTC. */
export const stepName = (start: Date, steps: UsageGranularity): string =>
  NAMES[steps === "ALL" ? "DAY" : steps].format(start);
