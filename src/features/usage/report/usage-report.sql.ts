import type { Reach } from "../../../auth/reach.js";
import { Prisma } from "../../../generated/prisma/client.js";
import { CUTS, type Cut, DIMENSIONS, type DimensionColumn } from "../rollup/usage-columns.js";
import type { Bucket } from "./usage-buckets.js";
import { type CostKind, figuresOf, sumOf, usageFiguresRow, type WantedFigures } from "./usage-figures.sql.js";

/** Which rows of usage_rollups a report counts. Null lets all through. */
export interface UsageFits {
  readonly organizationIds: readonly string[] | null;
  readonly teamIds: readonly string[] | null;
  readonly keyIds: readonly string[] | null;
  readonly modelGroups: readonly string[] | null;
  readonly models: readonly string[] | null;
  readonly jobTypes: readonly string[] | null;
}

export interface UsageQuestion {
  readonly reach: Reach;
  readonly fits: UsageFits;
  readonly cost: CostKind;
  /** Which figures are read. The others are 0. */
  readonly wants: WantedFigures;
  readonly groupBy: readonly DimensionColumn[];
  /** Whether it is asked of each of several teams, whose rows are `owner` in the statement. */
  readonly isOfEachTeam?: boolean;
}

/** Where a page begins: after the row with these names in the first bucket. */
export interface PageOfBuckets {
  readonly buckets: readonly Bucket[];
  readonly after: readonly string[] | null;
  /** How many rows are read at most. */
  readonly rows: number;
}

const any = (values: readonly string[]): Prisma.Sql => Prisma.sql`= ANY (${values}::text[])`;

/**
 * The conditions on the names. Each team is of one organization and each key of one team, so these are named too: the
 * index begins with them, and then reads no other rows. A key's id is a text here, as the database writes it. What a team
 * used that is deleted stays in the sums of its organization, which would be less than what was paid without it.
 */
export function conditionsOf({ reach, fits, isOfEachTeam }: Omit<UsageQuestion, "cost" | "wants">): Prisma.Sql[] {
  const { organizationIds, teamIds, keyIds, modelGroups, models, jobTypes } = fits;
  const conditions: Prisma.Sql[] = [];
  if (reach.kind !== "everything") conditions.push(Prisma.sql`organization_id = ${reach.organizationId}`);
  if (reach.kind === "team") conditions.push(Prisma.sql`team_id = ${reach.teamId}`);
  if (isOfEachTeam) conditions.push(Prisma.sql`organization_id = owner.organization_id AND team_id = owner.id`);
  if (organizationIds) conditions.push(Prisma.sql`organization_id ${any(organizationIds)}`);
  if (teamIds)
    conditions.push(
      Prisma.sql`organization_id = ANY (ARRAY(SELECT organization_id FROM teams WHERE id ${any(teamIds)})) AND team_id ${any(teamIds)}`,
    );
  if (keyIds)
    conditions.push(
      Prisma.sql`team_id = ANY (ARRAY(SELECT team_id FROM virtual_keys WHERE id = ANY (${keyIds}::uuid[])))
        AND organization_id = ANY (ARRAY(SELECT organization_id FROM virtual_keys JOIN teams ON teams.id = team_id WHERE virtual_keys.id = ANY (${keyIds}::uuid[])))
        AND key_id ${any(keyIds.map((id) => id.toLowerCase()))}`,
    );
  if (modelGroups) conditions.push(Prisma.sql`model_group ${any(modelGroups)}`);
  if (models) conditions.push(Prisma.sql`model ${any(models)}`);
  if (jobTypes) conditions.push(Prisma.sql`job_type ${any(jobTypes)}`);
  return conditions;
}

/** The smallest cut that has all names that a question needs. */
export function cutOf({ reach, fits, groupBy, isOfEachTeam = false }: Omit<UsageQuestion, "cost" | "wants">): Cut {
  const { organizationIds, teamIds, keyIds, modelGroups, models, jobTypes } = fits;
  const isNamed = (columns: readonly DimensionColumn[], filters: readonly (readonly string[] | null)[]) =>
    filters.some((filter) => filter !== null) || groupBy.some((name) => columns.includes(name));
  const hasKey = isNamed(["key_id"], [keyIds]);
  const hasTeam =
    isOfEachTeam || reach.kind !== "everything" || isNamed(["organization_id", "team_id"], [organizationIds, teamIds]);
  if (!isNamed(CUTS.WORK, [modelGroups, models, jobTypes])) return "ACCOUNT";
  if (hasKey) return "FULL";
  return hasTeam ? "TEAM_WORK" : "WORK";
}

const names = {
  organizationId: "text",
  teamId: "text",
  keyId: "text",
  modelGroup: "text",
  model: "text",
  jobType: "text",
  outcome: "text",
} as const;

/** A row of a page. `bucket` is the number of its bucket, from 1 on. A name by which the report does not group is ''. */
export const usageRow = { bucket: "int4", ...names, ...usageFiguresRow } as const;
/** The same of each of several teams. */
export const usageRowOfTeam = { owner: "text", ...usageRow } as const;
export const usageTotalOfTeam = { owner: "text", ...usageFiguresRow } as const;

/** The points of a bucket as text, such as "+MONTH 2026-12-01T00:00:00.000Z". */
const textOf = ({ points }: Bucket): string =>
  points.map(({ span, start, sign }) => `${sign < 0 ? "-" : "+"}${span} ${start.toISOString()}`).join();

/**
 * The rows of usage of a text of points, as a table. `is_less` says that they are taken away. The text is read once for each
 * point, which OFFSET 0 sees to, and not once for each row and figure.
 */
const cellsOf = (points: string, question: UsageQuestion): Prisma.Sql =>
  Prisma.raw(`(SELECT left(text, 1) = '-' AS is_less, substr(split_part(text, ' ', 1), 2)::usage_span AS of_span,
          split_part(text, ' ', 2)::timestamptz AS of_start FROM unnest(string_to_array(${points}, ',')) AS point(text) OFFSET 0) AS part
        JOIN usage_rollups ON span = of_span AND cut = '${cutOf(question)}' AND start = of_start`);

/** Whether any points are taken away. If none are, plain sums do, which are twice as fast. */
const hasLess = (buckets: readonly Bucket[]): boolean =>
  buckets.some(({ points }) => points.some(({ sign }) => sign < 0));

const isSomething = (isSigned: boolean): Prisma.Sql => {
  const sum = sumOf(isSigned);
  return Prisma.raw(`${sum("jobs")} <> 0 OR ${sum("calls")} <> 0 OR ${sum("attempts")} <> 0`);
};

/**
 * Reads rows of a report in the order of buckets and then of names. Each bucket is grouped by itself, and no more of them
 * than the page needs.
 */
export function usagePage(question: UsageQuestion, { buckets, after, rows }: PageOfBuckets): Prisma.Sql {
  const { groupBy } = question;
  const points = buckets.map(textOf);
  const isSigned = hasLess(buckets);
  const grouped = Prisma.raw(groupBy.join(", "));
  const isAfter =
    after && after.length > 0
      ? Prisma.sql`(bucket.number > 1 OR (${grouped}) > (${Prisma.join(after.map((value) => Prisma.sql`${value}::text`))}))`
      : Prisma.sql`TRUE`;
  const conditions = Prisma.join([...conditionsOf(question), isAfter], " AND ");
  const selected = Prisma.raw(
    DIMENSIONS.map((name) => (groupBy.includes(name) ? `${name}::text AS ${name}` : `''::text AS ${name}`)).join(", "),
  );
  const group = groupBy.length > 0 ? Prisma.sql`GROUP BY ${grouped}` : Prisma.empty;
  const order = groupBy.length > 0 ? Prisma.sql`ORDER BY ${grouped}` : Prisma.empty;
  return Prisma.sql`SELECT bucket.number::integer AS bucket, page.*
    FROM unnest(${points}::text[]) WITH ORDINALITY AS bucket(points, number) CROSS JOIN LATERAL (
      SELECT ${selected}, ${Prisma.raw(figuresOf(question, isSigned))}
      FROM ${cellsOf("bucket.points", question)}
      WHERE ${conditions} ${group} HAVING ${isSomething(isSigned)} ${order} LIMIT ${rows}
    ) AS page ORDER BY ${inOrder("bucket.number", question)} LIMIT ${rows}`;
}

/** The order of the rows of a page, of which `bucket` is the bucket's number. */
const inOrder = (bucket: string, { groupBy }: UsageQuestion): Prisma.Sql =>
  Prisma.raw([bucket, ...groupBy.map((name) => `page.${name} COLLATE "C"`)].join(", "));

const ofEach = (teamIds: readonly string[], rows: Prisma.Sql): Prisma.Sql =>
  Prisma.sql`SELECT owner.id AS owner, page.* FROM teams AS owner CROSS JOIN LATERAL (${rows}) AS page WHERE owner.id ${any(teamIds)}`;

/** The same page of the report of each of these teams. */
export const usagePages = (teamIds: readonly string[], question: UsageQuestion, page: PageOfBuckets): Prisma.Sql =>
  Prisma.sql`${ofEach(teamIds, usagePage(question, page))} ORDER BY ${inOrder("page.bucket", question)}`;

/** Adds up everything that a report counts. */
export function usageTotal(question: UsageQuestion, bucket: Bucket): Prisma.Sql {
  const whole = { ...question, groupBy: [] };
  const conditions = Prisma.join([Prisma.sql`TRUE`, ...conditionsOf(whole)], " AND ");
  const isSigned = hasLess([bucket]);
  return Prisma.sql`SELECT ${Prisma.raw(figuresOf(question, isSigned))} FROM (VALUES (${textOf(bucket)}::text)) AS bucket(points) CROSS JOIN LATERAL ${cellsOf("bucket.points", whole)}
    WHERE ${conditions} HAVING ${isSomething(isSigned)}`;
}

/** The same of each of these teams. There is no row of a team of which nothing was counted. */
export const usageTotals = (teamIds: readonly string[], question: UsageQuestion, bucket: Bucket): Prisma.Sql =>
  ofEach(teamIds, usageTotal(question, bucket));
