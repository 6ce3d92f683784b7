import type { ValuesOf } from "../../../db/column-type.js";
import type { JobStatus } from "../../../generated/prisma/client.js";
import type { DimensionColumn } from "../rollup/usage-columns.js";
import type { UsageFigures } from "../usage-figures.type.js";
import type { ReportRows } from "./report-rows.js";
import { shownFigures } from "./shown-figures.js";
import { type Bucket, bucketsOf, type Granularity, pointsOf, type Range } from "./usage-buckets.js";
import { type RowPlace, readCursor, writeCursor } from "./usage-cursor.js";
import type { UsageQuestion, usageRow } from "./usage-report.sql.js";

export interface Asked {
  readonly range: Range;
  readonly granularity: Granularity;
  readonly question: UsageQuestion;
  readonly page: { readonly first: number; readonly after: string | null };
}

/** How many buckets are looked at, one statement after the other, until the page is full. */
const CHUNKS = [100, 1_000, 10_000];

type Row = ValuesOf<typeof usageRow>;

/** A row of a report, as clients see it. */
export interface ReportedRow {
  readonly start: Date;
  readonly organizationId: string | null;
  readonly teamId: string | null;
  readonly keyId: string | null;
  readonly modelGroup: string | null;
  readonly model: string | null;
  readonly jobType: string | null;
  readonly outcome: JobStatus | null;
  readonly figures: UsageFigures;
}

interface ReportPage {
  readonly rows: readonly ReportedRow[];
  readonly pageInfo: {
    readonly hasNextPage: boolean;
    readonly hasPreviousPage: boolean;
    readonly startCursor: string | null;
    readonly endCursor: string | null;
  };
}

/** A report that reads its parts when they are asked for, and each of them once. */
export class UsageReading {
  /** Whether everything was counted when the report was asked for. */
  isComplete = false;
  private readonly after: RowPlace | null;
  private readPage: Promise<ReportPage> | undefined;

  /** Throws INVALID_INPUT if the page begins after a cursor of another report. */
  constructor(
    private readonly rows: ReportRows,
    private readonly asked: Asked,
  ) {
    this.after = asked.page.after === null ? null : readCursor(asked.page.after, this.placeOf());
  }

  get from(): Date {
    return this.asked.range.from;
  }

  get granularity(): Granularity {
    return this.asked.granularity;
  }

  get to(): Date {
    return this.asked.range.to;
  }

  /** The figures of the whole range. */
  async total(): Promise<UsageFigures> {
    const { question, range } = this.asked;
    const row = await this.rows.total(question, { start: range.from, points: pointsOf(range) });
    return shownFigures(question.cost, row);
  }

  /** The page of the report. It is read once. */
  page(): Promise<ReportPage> {
    this.readPage ??= this.pageOfRows();
    return this.readPage;
  }

  private async pageOfRows(): Promise<ReportPage> {
    const { question, page } = this.asked;
    const found = await this.readRows(page.first + 1);
    const places = found.slice(0, page.first).map(({ start, row }) => ({ start, names: this.namesOf(row) }));
    const cursorOf = (place: RowPlace | undefined) => (place ? writeCursor(place, this.placeOf()) : null);
    return {
      rows: found.slice(0, page.first).map(({ start, row }) => reported(start, row, shownFigures(question.cost, row))),
      pageInfo: {
        hasNextPage: found.length > page.first,
        hasPreviousPage: page.after !== null,
        startCursor: cursorOf(places[0]),
        endCursor: cursorOf(places.at(-1)),
      },
    };
  }

  /** Reads buckets in turn until there are so many rows, or no bucket is left. */
  private async readRows(count: number): Promise<{ readonly start: Date; readonly row: Row }[]> {
    const { range, granularity, question } = this.asked;
    const found: { readonly start: Date; readonly row: Row }[] = [];
    const buckets = bucketsOf(range, granularity, this.after?.start);
    let after = this.after?.names ?? null;
    // The only row of the first bucket is the one after which the page begins.
    if (after && question.groupBy.length === 0) buckets.next();
    for (const chunk of CHUNKS) {
      const taken: Bucket[] = [];
      for (
        let next = buckets.next();
        !next.done;
        next = taken.length < chunk ? buckets.next() : { done: true, value: undefined }
      )
        taken.push(next.value);
      if (taken.length === 0) break;
      const rows = await this.rows.page(question, { buckets: taken, after, rows: count - found.length });
      found.push(...rows.map((row) => ({ start: (taken[row.bucket - 1] as Bucket).start, row })));
      if (found.length >= count) break;
      after = null;
    }
    return found;
  }

  private namesOf(row: Row): string[] {
    return this.asked.question.groupBy.map((column) => row[FIELDS[column]]);
  }

  /** What a cursor must be of. */
  private placeOf() {
    const { range, granularity, question } = this.asked;
    return { range, granularity, groupBy: question.groupBy };
  }
}

const FIELDS = {
  organization_id: "organizationId",
  team_id: "teamId",
  key_id: "keyId",
  model_group: "modelGroup",
  model: "model",
  job_type: "jobType",
  outcome: "outcome",
} as const satisfies Record<DimensionColumn, keyof Row>;

const named = (name: string): string | null => (name === "" ? null : name);

const reported = (start: Date, row: Row, figures: UsageFigures): ReportedRow => ({
  start,
  organizationId: named(row.organizationId),
  teamId: named(row.teamId),
  keyId: named(row.keyId),
  modelGroup: named(row.modelGroup),
  model: named(row.model),
  jobType: named(row.jobType),
  outcome: named(row.outcome) as JobStatus | null,
  figures,
});
