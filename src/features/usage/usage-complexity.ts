import { USAGE_FIRST_DEFAULT, USAGE_FIRST_MAX } from "./usage-limits.js";

interface ReportQuestion {
  readonly args: { readonly input?: { readonly first?: number | null } };
  readonly childComplexity: number;
}

/** What the database does for a report, whatever is selected of it. */
const OF_REPORT = 500;

/** Returns the complexity of a report. A field of its rows costs half of what others do: they are read together. */
export function usageComplexity({ args, childComplexity }: ReportQuestion): number {
  const first = Math.min(Math.max(args.input?.first ?? USAGE_FIRST_DEFAULT, 1), USAGE_FIRST_MAX);
  return OF_REPORT + Math.ceil((first * childComplexity) / 2);
}
