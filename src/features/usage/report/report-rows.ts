import type { ValuesOf } from "../../../db/column-type.js";
import type { Sql } from "../../../db/statement.js";
import { groupBy } from "../../../lib/group-by.js";
import type { Bucket } from "./usage-buckets.js";
import { usageFiguresRow } from "./usage-figures.sql.js";
import {
  type PageOfBuckets,
  type UsageQuestion,
  usagePage,
  usagePages,
  usageRow,
  usageRowOfTeam,
  usageTotal,
  usageTotalOfTeam,
  usageTotals,
} from "./usage-report.sql.js";

/** How many hours, days or months one statement looks at, of all of its teams together. A report of its own has as many. */
const BUCKETS_OF_STATEMENT = 10_000;

/** Where a report has its rows from. */
export interface ReportRows {
  /** Undefined if nothing was counted. */
  total(question: UsageQuestion, bucket: Bucket): Promise<ValuesOf<typeof usageFiguresRow> | undefined>;
  /** There may be more of them than the page asks for. */
  page(question: UsageQuestion, page: PageOfBuckets): Promise<readonly ValuesOf<typeof usageRow>[]>;
}

/** The rows of one report, for which it has statements of its own. */
export const ownRows = (sql: Sql): ReportRows => ({
  total: async (question, bucket) => (await sql.query(usageTotal(question, bucket), usageFiguresRow))[0],
  page: (question, page) => sql.query(usagePage(question, page), usageRow),
});

/** The rows of reports of several teams that differ in nothing else. The first one that needs some reads them for all. */
export class RowsOfTeams {
  private totals: Promise<ReadonlyMap<string, ValuesOf<typeof usageFiguresRow>>> | undefined;
  private readonly pages = new Map<string, Promise<ReadonlyMap<string, ValuesOf<typeof usageRow>[]>>>();

  /** Each page has as many rows as the first. */
  constructor(
    private readonly sql: Sql,
    private readonly teamIds: readonly string[],
    private readonly rowsOfPage: number,
  ) {}

  of(teamId: string): ReportRows {
    return {
      total: async (question, bucket) => {
        this.totals ??= this.readTotals(question, bucket);
        return (await this.totals).get(teamId);
      },
      page: async (question, page) => {
        const from = JSON.stringify([page.buckets[0]?.start, page.after]);
        const read = this.pages.get(from) ?? this.readPages(question, page);
        this.pages.set(from, read);
        return (await read).get(teamId) ?? [];
      },
    };
  }

  private async readTotals(question: UsageQuestion, bucket: Bucket) {
    const rows = await this.sql.query(usageTotals(this.teamIds, question, bucket), usageTotalOfTeam);
    return new Map(rows.map((row) => [row.owner, row]));
  }

  private async readPages(question: UsageQuestion, page: PageOfBuckets) {
    const whole = { ...page, rows: this.rowsOfPage };
    const count = Math.max(1, Math.floor(BUCKETS_OF_STATEMENT / page.buckets.length));
    const rows: ValuesOf<typeof usageRowOfTeam>[] = [];
    for (let at = 0; at < this.teamIds.length; at += count) {
      const some = this.teamIds.slice(at, at + count);
      rows.push(...(await this.sql.query(usagePages(some, question, whole), usageRowOfTeam)));
    }
    return groupBy(rows, (row) => row.owner);
  }
}
