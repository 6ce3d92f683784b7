import { authorize, reachOf } from "../../auth/policy.js";
import type { KnownViewer, Viewer } from "../../auth/viewer.js";
import type { Sql } from "../../db/statement.js";
import { invalid, validate } from "../../input/validate.js";
import { isUuid } from "../../lib/ids.js";
import { ownRows, RowsOfTeams } from "./report/report-rows.js";
import { bucketCount, type Range, wholeHours } from "./report/usage-buckets.js";
import type { WantedFigures } from "./report/usage-figures.sql.js";
import { type Asked, UsageReading } from "./report/usage-reading.js";
import type { UsageFits, UsageQuestion } from "./report/usage-report.sql.js";
import { DIMENSIONS, type DimensionColumn } from "./rollup/usage-columns.js";
import type { UsageFolding } from "./rollup/usage-folding.js";
import { type UsageDimension, type UsageFilter, UsageGranularity, type UsageInput } from "./usage.input.js";
import { USAGE_BUCKETS_MAX, USAGE_FIRST_DEFAULT, USAGE_YEARS_MAX } from "./usage-limits.js";

/** Whose usage is asked for, beside the viewer's reach and the filter. */
interface Owner {
  readonly organizationId?: string;
  readonly teamId?: string;
}

/** The whole hour of a later end would end in the year 10000, which no timestamp of an answer can say. */
const LAST_HOUR_END = new Date("9999-12-31T23:00:00Z");

const COLUMNS: Readonly<Record<UsageDimension, DimensionColumn>> = {
  ORGANIZATION: "organization_id",
  TEAM: "team_id",
  KEY: "key_id",
  MODEL_GROUP: "model_group",
  MODEL: "model",
  JOB_TYPE: "job_type",
  OUTCOME: "outcome",
};

/** Tells what was used, by whom, when, and for how much. */
export class UsageService {
  constructor(
    private readonly sql: Sql,
    private readonly folding: UsageFolding,
  ) {}

  /**
   * A report of what the viewer reaches, and of the owner if one is given, which must be in reach. Before it answers, it
   * counts what was settled and is not counted yet, up to some thousand calls. `wants` names the figures that are read.
   */
  async report(
    viewer: Viewer,
    input: UsageInput,
    owner: Owner = {},
    wants: WantedFigures = null,
  ): Promise<UsageReading> {
    const asked = askedOf(viewer, input, owner, wants);
    const reading = new UsageReading(ownRows(this.sql), asked);
    reading.isComplete = await this.folding.catchUp();
    return reading;
  }

  /** For loaders: the same report of each of several teams that are in reach. They share their statements. */
  async reportsOfTeams(
    viewer: Viewer,
    teamIds: readonly string[],
    input: UsageInput,
    wants: WantedFigures,
  ): Promise<UsageReading[]> {
    const { question, ...others } = askedOf(viewer, input, {}, wants);
    const { teamIds: counted, ...fits } = question.fits;
    const asked = { ...others, question: { ...question, fits: { ...fits, teamIds: null }, isOfEachTeam: true } };
    const teams = counted === null ? teamIds : teamIds.filter((id) => counted.includes(id));
    const rows = new RowsOfTeams(this.sql, teams, asked.page.first + 1);
    const readings = teamIds.map((id) => new UsageReading(rows.of(id), asked));
    const isComplete = await this.folding.catchUp();
    for (const reading of readings) reading.isComplete = isComplete;
    return readings;
  }
}

function askedOf(viewer: Viewer, input: UsageInput, owner: Owner, wants: WantedFigures): Asked {
  authorize(viewer, "usage.read");
  const { from, to, groupBy, filter, first, after } = validate(input);
  const granularity = input.granularity ?? UsageGranularity.DAY;
  const question = { ...questionOf(viewer, groupBy ?? [], filter ?? {}, owner), wants };
  const page = { first: first ?? USAGE_FIRST_DEFAULT, after: after ?? null };
  return { range: rangeOf({ from, to }, granularity), granularity, question, page };
}

function rangeOf({ from, to }: Range, granularity: UsageGranularity): Range {
  if (to <= from) throw invalid("input.to", "must be after input.from", to);
  const latest = new Date(from);
  latest.setUTCFullYear(from.getUTCFullYear() + USAGE_YEARS_MAX);
  if (to > latest) throw invalid("input.to", `must be at most ${USAGE_YEARS_MAX} years after input.from`, to);
  const range = wholeHours({ from, to });
  if (range.to > LAST_HOUR_END) throw invalid("input.to", "must not be in the last hour of the year 9999", to);
  if (bucketCount(range, granularity) > USAGE_BUCKETS_MAX && granularity !== UsageGranularity.ALL)
    throw invalid(
      "input.granularity",
      `must be so coarse that the range has at most ${USAGE_BUCKETS_MAX} of them`,
      granularity,
    );
  return range;
}

function questionOf(
  viewer: KnownViewer,
  groupBy: readonly UsageDimension[],
  filter: UsageFilter,
  { organizationId, teamId }: Owner,
): Omit<UsageQuestion, "wants"> {
  const columns = groupBy.map((dimension) => COLUMNS[dimension]);
  const fits: UsageFits = {
    organizationIds: within(filter.organizationIds, organizationId),
    teamIds: within(filter.teamIds, teamId),
    keyIds: filter.keyIds?.filter(isUuid) ?? null,
    modelGroups: filter.modelGroups ?? null,
    models: filter.models ?? null,
    jobTypes: filter.jobTypes ?? null,
  };
  return {
    reach: reachOf(viewer),
    fits,
    cost: viewer.kind === "admin" ? "real" : "shown",
    groupBy: DIMENSIONS.filter((column) => columns.includes(column)),
  };
}

/** The ids that a filter lets through, of those only that of the owner. */
function within(ids: readonly string[] | null | undefined, owner: string | undefined): readonly string[] | null {
  if (owner === undefined) return ids ?? null;
  return ids == null || ids.includes(owner) ? [owner] : [];
}
