import { useQuery } from "@apollo/client/react";
import { getRouteApi } from "@tanstack/react-router";
import { OverviewDocument } from "../../api/graphql";
import { rangeBefore, stepsOf } from "../../period/period";
import { PeriodPicker } from "../../period/period-picker";
import { useRange } from "../../period/use-range";
import { Note } from "../../ui/note";
import { PageHead } from "../../ui/page-head";
import { Loaded, Skeleton } from "../../ui/states";
import { TeamPicker } from "../../work/team/team-picker";
import { CostChart } from "./cost-chart";
import { FiguresChart } from "./figures-chart";
import { KeyFigures } from "./key-figures";
import { OutcomeChart } from "./outcome-chart";
import { RunningNow } from "./running-now";
import { TopErrors } from "./top-errors";
import { TopTeams } from "./top-teams";

const route = getRouteApi("/");
const RENEWED_EVERY_MS = 30_000;

/** What was used and what it cost, beside the period before. */
export function OverviewPage() {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const range = useRange(search);
  const steps = stepsOf(range);
  const filter = search.team ? { teamIds: [search.team] } : null;
  const asked = useQuery(OverviewDocument, {
    variables: {
      now: { from: range.from.toISOString(), to: range.to.toISOString(), granularity: steps, filter, first: 1000 },
      before: { ...isoOf(rangeBefore(range)), granularity: steps, filter, first: 1000 },
    },
    pollInterval: RENEWED_EVERY_MS,
  });

  return (
    <>
      <PageHead title="Overview">
        <TeamPicker value={search.team} onChange={(team) => navigate({ search: { ...search, team }, replace: true })} />
        <PeriodPicker
          value={search}
          onChange={({ period, from, to }) => navigate({ search: { ...search, period, from, to } })}
        />
      </PageHead>
      <Loaded asked={asked} skeleton={<OverviewSkeleton />}>
        {({ now, before }) =>
          now &&
          before && (
            <>
              {!now.isComplete && (
                <div className="mb-3.5">
                  <Note tone="warn">More was settled than is counted yet. The figures catch up in the background.</Note>
                </div>
              )}
              <KeyFigures now={now.total} before={before.total} rows={now.rows} search={search} />
              <div className="mb-3.5 grid gap-3.5 xl:grid-cols-[1.75fr_1fr]">
                <CostChart rows={now.rows} total={now.total.costUsd} range={range} steps={steps} search={search} />
                <OutcomeChart rows={now.rows} total={now.total} range={range} steps={steps} team={search.team} />
              </div>
              <FiguresChart
                now={now.rows}
                before={before.rows}
                range={range}
                steps={steps}
                figure={search.figure ?? "calls"}
                onChoose={(figure) => navigate({ search: { ...search, figure }, replace: true })}
              />
            </>
          )
        }
      </Loaded>
      <div className="grid gap-3.5 lg:grid-cols-2 2xl:grid-cols-[1.25fr_1fr_1fr]">
        <TopTeams range={range} team={search.team} />
        <TopErrors range={range} search={search} />
        <div className="lg:col-span-2 2xl:col-span-1">
          <RunningNow />
        </div>
      </div>
    </>
  );
}

const isoOf = ({ from, to }: { from: Date; to: Date }) => ({ from: from.toISOString(), to: to.toISOString() });

function OverviewSkeleton() {
  return (
    <>
      <div className="mb-3.5 grid grid-cols-2 gap-3.5 md:grid-cols-3 xl:grid-cols-6">
        {["cost", "jobs", "each", "unpaid", "p95", "rescued"].map((figure) => (
          <Skeleton key={figure} className="h-[92px]" />
        ))}
      </div>
      <div className="mb-3.5 grid gap-3.5 xl:grid-cols-[1.75fr_1fr]">
        <Skeleton className="h-[340px]" />
        <Skeleton className="h-[340px]" />
      </div>
    </>
  );
}
