import { invalid } from "../../../input/validate.js";
import { type Granularity, isStartOfBucket, type Range } from "./usage-buckets.js";

/** Where a row stands in a report: the beginning of its bucket, and its names in the order of the report's columns. */
export interface RowPlace {
  readonly start: Date;
  readonly names: readonly string[];
}

/** What a cursor is of. */
interface Report {
  readonly range: Range;
  readonly granularity: Granularity;
  readonly groupBy: readonly string[];
}

const headOf = ({ granularity, groupBy }: Report): string => ["usage", granularity, ...groupBy].join(" ");

export const writeCursor = ({ start, names }: RowPlace, report: Report): string =>
  Buffer.from(JSON.stringify([headOf(report), start.toISOString(), ...names])).toString("base64url");

/** Throws INVALID_INPUT if the text is not a cursor of such a report. */
export function readCursor(cursor: string, report: Report): RowPlace {
  const [head, start, ...names] = partsOf(cursor);
  const place = { start: new Date(start ?? ""), names };
  const isOf =
    head === headOf(report) &&
    names.length === report.groupBy.length &&
    names.every((name) => name.isWellFormed() && !name.includes("\0")) &&
    isStartOfBucket(report.range, report.granularity, place.start);
  if (!isOf) throw invalid("input.after", "must be a cursor that such a report gave out", cursor);
  return place;
}

function partsOf(cursor: string): string[] {
  try {
    const parts: unknown = JSON.parse(Buffer.from(cursor, "base64url").toString());
    return Array.isArray(parts) && parts.every((part) => typeof part === "string") ? parts : [];
  } catch {
    return [];
  }
}
