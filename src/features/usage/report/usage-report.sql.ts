import type { Reach } from "../../../auth/reach.js";
import { Prisma } from "../../../generated/prisma/client.js";
import { CUTS, type Cut, DIMENSIONS, type DimensionColumn } from "../rollup/usage-columns.js";
import type { Bucket } from "./usage-buckets.js";

/** Which rows of usage_rollups a report counts. Null lets all through. */
export interface UsageFits {
  readonly organizationIds: readonly string[] | null;
  readonly teamIds: readonly string[] | null;
  readonly keyIds: readonly string[] | null;
  readonly modelGroups: readonly string[] | null;
  readonly models: readonly string[] | null;
  readonly jobTypes: readonly string[] | null;
}

/** Whose cost is shown: the real one to the admin, and that with the markup to everybody else. */
export type CostKind = "real" | "shown";

export interface UsageQuestion {
  readonly reach: Reach;
  readonly fits: UsageFits;
  readonly cost: CostKind;
  /** Which histograms are read. They are wider than all other figures together. */
  readonly wants: { readonly latencies: boolean; readonly timesToFirstToken: boolean };
  readonly groupBy: readonly DimensionColumn[];
}

/** Where a page begins: after the row with these names in the first bucket. */
interface PageOfBuckets {
  readonly buckets: readonly Bucket[];
  readonly after: readonly string[] | null;
  /** How many rows are read at most. */
  readonly rows: number;
}

const any = (values: readonly string[]): Prisma.Sql => Prisma.sql`= ANY (${values}::text[])`;

/**
 * The conditions on the names. Each team is of one organization and each key of one team, so these are named too: the
 * index begins with them, and then reads no other rows. A key's id is a text here, as the database writes it.
 */
export function conditionsOf({ reach, fits }: Pick<UsageQuestion, "reach" | "fits">): Prisma.Sql[] {
  const { organizationIds, teamIds, keyIds, modelGroups, models, jobTypes } = fits;
  const conditions: Prisma.Sql[] = [];
  if (reach.kind !== "everything") conditions.push(Prisma.sql`organization_id = ${reach.organizationId}`);
  if (reach.kind === "team") conditions.push(Prisma.sql`team_id = ${reach.teamId}`);
  if (reach.kind === "organization")
    conditions.push(
      Prisma.sql`team_id = ANY (ARRAY(SELECT id FROM teams WHERE organization_id = ${reach.organizationId} AND status <> 'DELETED'))`,
    );
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

/** The names that a question needs, of which the cut must have all. */
export function cutOf({ reach, fits, groupBy }: Pick<UsageQuestion, "reach" | "fits" | "groupBy">): Cut {
  const isFiltered = (...filters: (readonly string[] | null)[]) => filters.some((filter) => filter !== null);
  const isGrouped = (cut: Cut) => groupBy.some((name) => (CUTS[cut] as readonly string[]).includes(name));
  const { organizationIds, teamIds, keyIds, modelGroups, models, jobTypes } = fits;
  const ofAccounts =
    reach.kind !== "everything" || isFiltered(organizationIds, teamIds, keyIds) || isGrouped("ACCOUNT");
  const ofWork = isFiltered(modelGroups, models, jobTypes) || isGrouped("WORK");
  if (ofAccounts && ofWork) return "FULL";
  return ofWork ? "WORK" : "ACCOUNT";
}

/** The sum over the points, some of which are taken away. */
const sum = (figure: string, condition = "TRUE"): string =>
  `COALESCE(sum(CASE WHEN is_less THEN - ${figure} ELSE ${figure} END) FILTER (WHERE ${condition}), 0)`;
const counted = (figure: string): string => `LEAST(${sum(figure)}, ${Number.MAX_SAFE_INTEGER})::bigint AS ${figure}`;
const jobsAs = (outcome: string): string =>
  `${sum("jobs", `outcome = '${outcome}'`)}::bigint AS jobs_${outcome.toLowerCase()}`;
const costs = (
  column: string,
  failedColumn: string,
): string => `${sum(column)}::text AS cost, ${sum(failedColumn)}::text AS failed_cost,
    ${sum(column, "outcome = 'COMPLETED'")}::text AS completed_cost,
    ${sum(column, "outcome IN ('FAILED', 'CANCELLED', 'EXPIRED')")}::text AS unpaid_cost`;

const COUNTED = [
  "priced_jobs",
  "posted_credits",
  "unpriced_credits",
  "calls",
  "successful_calls",
  "failed_calls",
  "cancelled_calls",
  "estimated_calls",
  "unknown_usage_calls",
  "unpriced_calls",
  "fallbacks",
  "rescued_calls",
  "attempts",
  "failed_attempts",
  "prompt_tokens",
  "completion_tokens",
  "cached_prompt_tokens",
  "reasoning_tokens",
];
const OUTCOMES = ["COMPLETED", "FAILED", "CANCELLED", "EXPIRED"];

const histogram = (column: string, isWanted: boolean): string => `${isWanted ? sum(column) : "0"}::text AS ${column}`;

const figuresOf = ({ cost, wants }: UsageQuestion): string =>
  [
    ...OUTCOMES.map(jobsAs),
    ...COUNTED.map(counted),
    cost === "real"
      ? costs("cost_nano_usd", "failed_cost_nano_usd")
      : costs("shown_cost_femto_usd", "shown_failed_cost_femto_usd"),
    `${sum("revenue_nano_usd")}::text AS revenue`,
    histogram("latencies", wants.latencies),
    histogram("times_to_first_token", wants.timesToFirstToken),
  ].join(", ");

/** The figures of a row of a report, as the database sends them. */
const figuresRow = {
  jobsCompleted: "safeint",
  jobsFailed: "safeint",
  jobsCancelled: "safeint",
  jobsExpired: "safeint",
  pricedJobs: "safeint",
  postedCredits: "safeint",
  unpricedCredits: "safeint",
  calls: "safeint",
  successfulCalls: "safeint",
  failedCalls: "safeint",
  cancelledCalls: "safeint",
  estimatedCalls: "safeint",
  unknownUsageCalls: "safeint",
  unpricedCalls: "safeint",
  fallbacks: "safeint",
  rescuedCalls: "safeint",
  attempts: "safeint",
  failedAttempts: "safeint",
  promptTokens: "safeint",
  completionTokens: "safeint",
  cachedPromptTokens: "safeint",
  reasoningTokens: "safeint",
  /** Nano-dollars if it is the real cost, and otherwise 1e-15 USD. */
  cost: "text",
  failedCost: "text",
  completedCost: "text",
  unpaidCost: "text",
  /** In nano-dollars. */
  revenue: "text",
  latencies: "text",
  timesToFirstToken: "text",
} as const;

const names = {
  organizationId: "text",
  teamId: "text",
  keyId: "text",
  modelGroup: "text",
  model: "text",
  jobType: "text",
  outcome: "text",
} as const;

export const usageFiguresRow = figuresRow;
/** A row of a page. `bucket` is the number of its bucket, from 1 on. A name by which the report does not group is ''. */
export const usageRow = { bucket: "int4", ...names, ...figuresRow } as const;

/** The points of a bucket as text, such as "+MONTH 2026-12-01T00:00:00.000Z". */
const textOf = ({ points }: Bucket): string =>
  points.map(({ span, start, sign }) => `${sign < 0 ? "-" : "+"}${span} ${start.toISOString()}`).join();

/** The rows of usage of a text of points, as a table. `is_less` says that they are taken away. */
const cellsOf = (points: string, question: UsageQuestion): Prisma.Sql =>
  Prisma.raw(`unnest(string_to_array(${points}, ',')) AS point(text)
        JOIN LATERAL (SELECT left(text, 1) = '-' AS is_less, substr(split_part(text, ' ', 1), 2)::usage_span AS of_span,
          split_part(text, ' ', 2)::timestamptz AS of_start) AS part ON TRUE
        JOIN usage_rollups ON span = of_span AND cut = '${cutOf(question)}' AND start = of_start`);

const IS_SOMETHING = Prisma.raw(`${sum("jobs")} <> 0 OR ${sum("calls")} <> 0 OR ${sum("attempts")} <> 0`);

/**
 * Reads rows of a report in the order of buckets and then of names. Each bucket is grouped by itself, and no more of them
 * than the page needs.
 */
export function usagePage(question: UsageQuestion, { buckets, after, rows }: PageOfBuckets): Prisma.Sql {
  const { groupBy } = question;
  const points = buckets.map(textOf);
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
  const outerOrder = Prisma.raw(["bucket.number", ...groupBy.map((name) => `page.${name} COLLATE "C"`)].join(", "));
  return Prisma.sql`SELECT bucket.number::integer AS bucket, page.*
    FROM unnest(${points}::text[]) WITH ORDINALITY AS bucket(points, number) CROSS JOIN LATERAL (
      SELECT ${selected}, ${Prisma.raw(figuresOf(question))}
      FROM ${cellsOf("bucket.points", question)}
      WHERE ${conditions} ${group} HAVING ${IS_SOMETHING} ${order} LIMIT ${rows}
    ) AS page ORDER BY ${outerOrder} LIMIT ${rows}`;
}

/** Adds up everything that a report counts. */
export function usageTotal(question: UsageQuestion, bucket: Bucket): Prisma.Sql {
  const whole = { ...question, groupBy: [] };
  const conditions = Prisma.join([Prisma.sql`TRUE`, ...conditionsOf(whole)], " AND ");
  return Prisma.sql`SELECT ${Prisma.raw(figuresOf(question))} FROM (VALUES (${textOf(bucket)}::text)) AS bucket(points) CROSS JOIN LATERAL ${cellsOf("bucket.points", whole)}
    WHERE ${conditions} HAVING ${IS_SOMETHING}`;
}
