import { useNavigate } from "@tanstack/react-router";
import type { OverviewFiguresFragment, UsageGranularity } from "../../api/graphql";
import type { Series } from "../../charts/series";
import { Legend, StackedChart } from "../../charts/stacked-chart";
import { formatShare, formatShort } from "../../format/numbers";
import { type Range, startsOf, stepName } from "../../period/period";
import { Card } from "../../ui/card";

interface Props {
  readonly rows: readonly { readonly start: string; readonly figures: OverviewFiguresFragment }[];
  readonly total: OverviewFiguresFragment;
  readonly range: Range;
  readonly steps: UsageGranularity;
  /** The only team that counts. */
  readonly team: string | undefined;
}

const OUTCOMES = ["jobsCompleted", "jobsFailed", "jobsCancelled", "jobsExpired"] as const;
const SERIES: readonly Series[] = [
  { id: "jobsCompleted", name: "completed", colour: "var(--s1)" },
  { id: "jobsFailed", name: "failed", colour: "var(--s5)" },
  { id: "jobsCancelled", name: "cancelled", colour: "var(--s4)" },
  { id: "jobsExpired", name: "expired", colour: "var(--s3)" },
];

/** How jobs ended over time. A click on a day opens its jobs. */
export function OutcomeChart({ rows, total, range, steps, team }: Props) {
  const navigate = useNavigate();
  const byStart = new Map(rows.map(({ start, figures }) => [Date.parse(start), figures]));
  const ended = OUTCOMES.reduce((sum, outcome) => sum + total[outcome], 0);
  const points = startsOf(range, steps).map((start) => {
    const figures = byStart.get(start.getTime());
    return { start, values: Object.fromEntries(OUTCOMES.map((outcome) => [outcome, figures?.[outcome] ?? 0])) };
  });
  return (
    <Card title="Jobs by outcome" note="when they ended, UTC">
      <StackedChart
        label="Jobs by outcome"
        kind="bars"
        series={SERIES}
        points={points}
        stepName={(start) => stepName(start, steps)}
        format={formatShort}
        onPick={(start) => {
          const day = start.toISOString().slice(0, 10);
          if (steps !== "MONTH")
            void navigate({ to: "/jobs", search: { period: "custom", from: day, to: day, ...(team && { team }) } });
        }}
      />
      <Legend
        series={SERIES}
        amountOf={(id) => {
          const outcome = OUTCOMES.find((name) => name === id);
          return ended === 0 || !outcome ? "–" : formatShare(total[outcome] / ended);
        }}
      />
    </Card>
  );
}
