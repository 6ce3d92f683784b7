export const PAGE_FIRST_DEFAULT = 20;
export const PAGE_FIRST_MAX = 100;
export const PAGE_OFFSET_MAX = 10_000;
/** How far the rows of a list are counted. */
export const COUNT_MAX = 10_000;
/** What that means for a client, for descriptions. */
export const COUNT_TEXT = `${COUNT_MAX} means ${COUNT_MAX} or more`;

/**
 * The part of a list that a client asks for. `first` is from 1 to 100, and null means 20. `after` is a cursor of the
 * same list. `offset` skips rows, for doors without cursors. It is at most 10,000, because the database reads the rows
 * that it skips.
 */
export interface PageWindow {
  readonly first?: number | null;
  readonly after?: string | null;
  readonly offset?: number | null;
}
