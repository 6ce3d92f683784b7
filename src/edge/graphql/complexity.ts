import { PAGE_FIRST_DEFAULT, PAGE_FIRST_MAX } from "../../input/page-window.js";

interface PageQuestion {
  readonly args: { readonly first?: number | null };
  readonly childComplexity: number;
}

/** Returns the complexity of a page: 1, plus the complexity of one node times the number of nodes asked for. */
export function pageComplexity({ args, childComplexity }: PageQuestion): number {
  const first = Math.min(Math.max(args.first ?? PAGE_FIRST_DEFAULT, 1), PAGE_FIRST_MAX);
  return 1 + first * childComplexity;
}

/** How many nodes a list without `first` is assumed to have. */
const UNPAGED_NODES = 10;

/** Returns the complexity of a list that is not read page by page. */
export const listComplexity = ({ childComplexity }: { childComplexity: number }): number =>
  1 + UNPAGED_NODES * childComplexity;
