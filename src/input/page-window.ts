export const PAGE_FIRST_DEFAULT = 20;
export const PAGE_FIRST_MAX = 100;
/** The database reads all rows that are passed over. */
export const PAGE_OFFSET_MAX = 10_000;

/** Which part of a list is asked for. */
export interface PageWindow {
  /** How many rows at most, from 1 to PAGE_FIRST_MAX. Null means PAGE_FIRST_DEFAULT. */
  readonly first?: number | null;
  /** A cursor of the same list: the page begins after its row. */
  readonly after?: string | null;
  /** How many rows are passed over first, at most PAGE_OFFSET_MAX. For doors whose contract has no cursors. */
  readonly offset?: number | null;
}
