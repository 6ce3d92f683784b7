import { fetchPages, type Page } from "../../../db/page.js";
import type { Sql } from "../../../db/statement.js";
import type { CreditGrant as Row } from "../../../generated/prisma/client.js";
import type { PageWindow } from "../../../input/page-window.js";
import { creditGrants, findRemainingOfGrants } from "./grant.sql.js";

export type { Row as CreditGrantRow };

export class CreditGrantService {
  constructor(private readonly sql: Sql) {}

  /** For loaders: a page of the grants of each team in the viewer's reach, newest first. */
  grantsOf(teamIds: readonly string[], window: PageWindow): Promise<Page<Row>[]> {
    return fetchPages(this.sql, creditGrants, teamIds, window);
  }

  /** For loaders: how many credits are left of these grants. One of which nothing is left is left out. */
  remainingOf(ids: readonly string[]): Promise<{ id: string; remaining: number }[]> {
    return this.sql.run(findRemainingOfGrants, { ids });
  }
}
