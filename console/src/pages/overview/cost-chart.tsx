import { useQuery } from "@apollo/client/react";
import { useNavigate } from "@tanstack/react-router";
import { useMemo } from "react";
import { CostOfDocument, type CostOfQuery, type UsageDimension, type UsageGranularity } from "../../api/graphql";
import { COLOURS, OTHER_COLOUR, type Point, type Series } from "../../charts/series";
import { Legend, StackedChart } from "../../charts/stacked-chart";
import { differenceUsd, formatUsd, usdForChart } from "../../format/money";
import { type Range, startsOf, stepName } from "../../period/period";
import { Card } from "../../ui/card";
import { Loaded, Skeleton } from "../../ui/states";
import { useTeamNames } from "../../work/team/use-team-names";
import { GROUPINGS, type Grouping, type OverviewSearch } from "./overview-search";

interface Props {
  readonly rows: readonly { readonly start: string; readonly figures: { readonly costUsd: string } }[];
  readonly total: string;
  readonly range: Range;
  readonly steps: UsageGranularity;
  readonly search: OverviewSearch;
}

type Row = CostOfQuery["usage"] extends infer Report | null
  ? Report extends { rows: readonly (infer R)[] }
    ? R
    : never
  : never;

interface Dimension {
  readonly groupBy: UsageDimension;
  nameOf(row: Row): string | null;
  /** The filter that leaves only these. */
  only(names: readonly string[]): Record<string, readonly string[]>;
}

const DIMENSIONS: Readonly<Record<Grouping, Dimension>> = {
  model: { groupBy: "MODEL", nameOf: ({ model }) => model, only: (models) => ({ models }) },
  modelGroup: {
    groupBy: "MODEL_GROUP",
    nameOf: ({ modelGroup }) => modelGroup,
    only: (modelGroups) => ({ modelGroups }),
  },
  team: { groupBy: "TEAM", nameOf: ({ teamId }) => teamId, only: (teamIds) => ({ teamIds }) },
  jobType: { groupBy: "JOB_TYPE", nameOf: ({ jobType }) => jobType, only: (jobTypes) => ({ jobTypes }) },
};

/** No name has a space at its beginning, so no model, team or job type that is called "other" is taken for the rest. */
const OTHER = " other";
const STEP_WORDS = { HOUR: "an hour", DAY: "a day", MONTH: "a month", ALL: "" } as const;

/** What was spent over time, by the largest of a kind. What the others cost is the rest of the total. */
export function CostChart({ rows, total, range, steps, search }: Props) {
  const navigate = useNavigate();
  const { by = "model", team } = search;
  const { groupBy, nameOf, only } = DIMENSIONS[by];
  const aliases = new Map(useTeamNames().map(({ id, alias }) => [id, alias]));
  const input = {
    from: range.from.toISOString(),
    to: range.to.toISOString(),
    groupBy: [groupBy],
    first: 1000,
    filter: team ? { teamIds: [team] } : null,
  };
  const sums = useQuery(CostOfDocument, { variables: { input: { ...input, granularity: "ALL" } } });
  const largest = useMemo(
    () =>
      (sums.data?.usage?.rows ?? [])
        .flatMap((row) => ({ name: nameOf(row), costUsd: row.figures.costUsd }))
        .filter((row): row is { name: string; costUsd: string } => row.name !== null && usdForChart(row.costUsd) > 0)
        .sort((one, other) => usdForChart(other.costUsd) - usdForChart(one.costUsd))
        .slice(0, COLOURS.length),
    [sums.data, nameOf],
  );
  const names = largest.map(({ name }) => name);
  const overTime = useQuery(CostOfDocument, {
    skip: names.length === 0,
    variables: { input: { ...input, granularity: steps, filter: { ...input.filter, ...only(names) } } },
  });
  const rest = differenceUsd(
    total,
    largest.map(({ costUsd }) => costUsd),
  );
  const costs: Record<string, string> = {
    ...Object.fromEntries(largest.map(({ name, costUsd }) => [name, costUsd])),
    [OTHER]: rest,
  };
  const series: Series[] = names.map((id, index) => ({
    id,
    name: (by === "team" && aliases.get(id)) || id,
    colour: COLOURS[index] ?? OTHER_COLOUR,
  }));
  if (usdForChart(rest) > 0) series.push({ id: OTHER, name: OTHER.trim(), colour: OTHER_COLOUR });

  return (
    <Card
      title={`Cost by ${GROUPINGS.find(([name]) => name === by)?.[1]}`}
      note={`${STEP_WORDS[steps]}, UTC`}
      action={
        <select
          aria-label="Group by"
          value={by}
          onChange={({ target }) =>
            navigate({ to: "/", search: { ...search, by: target.value as Grouping }, replace: true })
          }
          className="rounded-control border border-line-2 bg-panel px-2 py-1"
        >
          {GROUPINGS.map(([name, words]) => (
            <option key={name} value={name}>
              by {words}
            </option>
          ))}
        </select>
      }
    >
      <Loaded asked={names.length === 0 ? sums : overTime} skeleton={<Skeleton className="h-[250px]" />}>
        {({ usage }) => (
          <StackedChart
            label={`Cost by ${by}`}
            kind="areas"
            series={series}
            points={pointsOf(range, steps, rows, names.length === 0 ? [] : (usage?.rows ?? []), nameOf)}
            stepName={(start) => stepName(start, steps)}
            format={(usd) => formatUsd(usd.toFixed(usd !== 0 && usd < 1 ? 4 : 2))}
          />
        )}
      </Loaded>
      <Legend series={series} amountOf={(id) => formatUsd(costs[id] ?? "0")} />
    </Card>
  );
}

/** Returns the cost of each step by name. What no name has is "other". */
function pointsOf(
  range: Range,
  steps: UsageGranularity,
  sums: Props["rows"],
  rows: readonly Row[],
  nameOf: Dimension["nameOf"],
): Point[] {
  const values = new Map(startsOf(range, steps).map((start) => [start.getTime(), {} as Record<string, number>]));
  for (const row of rows) {
    const step = values.get(Date.parse(row.start));
    const name = nameOf(row);
    if (step && name !== null) step[name] = usdForChart(row.figures.costUsd);
  }
  for (const { start, figures } of sums) {
    const step = values.get(Date.parse(start));
    if (!step) continue;
    const named = Object.values(step).reduce((sum, cost) => sum + cost, 0);
    step[OTHER] = Math.max(0, usdForChart(figures.costUsd) - named);
  }
  return [...values].map(([start, costs]) => ({ start: new Date(start), values: costs }));
}
