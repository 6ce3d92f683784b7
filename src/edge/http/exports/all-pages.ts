import type { Page } from "../../../db/page.js";
import { EXPORT_WINDOW, type PageWindow } from "../../../input/page-window.js";

/**
 * Returns the rows of all pages of a list, page by page. Each is read when it is asked for, so that neither memory nor a
 * transaction is held while a client takes them slowly. Rejects with the refusal of the first page, before any is sent.
 */
export async function allPages<Row>(
  pageOf: (window: PageWindow) => Promise<Page<Row>>,
): Promise<AsyncIterable<readonly Row[]>> {
  const first = await pageOf(EXPORT_WINDOW);
  return from(first, pageOf);
}

async function* from<Row>(
  first: Page<Row>,
  pageOf: (window: PageWindow) => Promise<Page<Row>>,
): AsyncGenerator<readonly Row[]> {
  for (let page = first; ; ) {
    yield page.rows;
    const last = page.rows.at(-1);
    if (!page.hasNextPage || last === undefined) return;
    page = await pageOf({ ...EXPORT_WINDOW, after: page.cursor(last) });
  }
}
