import type { Page } from "../../../db/page.js";
import { PAGE_FIRST_MAX, type PageWindow } from "../../../input/page-window.js";

/**
 * Yields the rows of a page and of all that follow it, page by page. Each is read when it is asked for, so that neither
 * memory nor a transaction is held while a client takes them slowly. `nextOf` returns undefined behind the last page.
 */
export async function* rowsFrom<P extends { readonly rows: readonly unknown[] }>(
  first: P,
  nextOf: (page: P) => Promise<P> | undefined,
): AsyncGenerator<P["rows"], void, undefined> {
  for (let page: P | undefined = first; page !== undefined; page = await nextOf(page)) yield page.rows;
}

/** The same of all pages of a list. Rejects with the refusal of the first page, before any is sent. */
export async function allPages<Row>(
  pageOf: (window: PageWindow) => Promise<Page<Row>>,
): Promise<AsyncIterable<readonly Row[]>> {
  return rowsFrom(await pageOf({ first: PAGE_FIRST_MAX }), ({ rows, hasNextPage, cursor }) => {
    const last = rows.at(-1);
    return hasNextPage && last !== undefined ? pageOf({ first: PAGE_FIRST_MAX, after: cursor(last) }) : undefined;
  });
}
