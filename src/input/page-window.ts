export const PAGE_FIRST_DEFAULT = 20;
export const PAGE_FIRST_MAX = 100;
export const PAGE_OFFSET_MAX = 10_000;

/**
 * The part of a list that a client asks for: `first` from 1 to 100 (null means 20), `after` a cursor of the same list.
 * `offset` rows are passed over first, at most 10,000, since the database reads them all: for doors without cursors.
 */
export interface PageWindow {
  readonly first?: number | null;
  readonly after?: string | null;
  readonly offset?: number | null;
}
