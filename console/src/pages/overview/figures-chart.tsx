import type { OverviewFiguresFragment, UsageGranularity } from "../../api/graphql";
import { ComparedChart } from "../../charts/compared-chart";
import { formatShare, formatShort } from "../../format/numbers";
import { formatDuration } from "../../format/time";
import { type Range, rangeBefore, startsOf, stepName } from "../../period/period";
import { Card } from "../../ui/card";
import { FIGURES, type FigureName } from "./overview-search";

interface Row {
  readonly start: string;
  readonly figures: OverviewFiguresFragment;
}

interface Props {
  readonly now: readonly Row[];
  readonly before: readonly Row[];
  readonly range: Range;
  readonly steps: UsageGranularity;
  readonly figure: FigureName;
  onChoose(figure: FigureName): void;
}

interface Kind {
  figureOf(figures: OverviewFiguresFragment): number | null;
  /** What a step without any row has: nothing was counted, or nothing can be said. */
  readonly ofNothing: number | null;
  format(value: number): string;
}

const count = (figureOf: Kind["figureOf"]): Kind => ({ figureOf, ofNothing: 0, format: formatShort });
const rate = (figureOf: Kind["figureOf"]): Kind => ({ figureOf, ofNothing: null, format: formatShare });
const time = (figureOf: Kind["figureOf"]): Kind => ({ figureOf, ofNothing: null, format: formatDuration });

const KINDS: Readonly<Record<FigureName, Kind>> = {
  calls: count(({ calls }) => calls),
  tokens: count(({ totalTokens }) => totalTokens),
  errorRate: rate(({ errorRate }) => errorRate),
  fallbackRate: rate(({ fallbackRate }) => fallbackRate),
  firstToken: time(({ timeToFirstTokenMs }) => timeToFirstTokenMs?.p95 ?? null),
  latency: time(({ latencyMs }) => latencyMs?.p95 ?? null),
};

/** One figure of calls over time, beside the period before. */
export function FiguresChart({ now, before, range, steps, figure, onChoose }: Props) {
  const { figureOf, ofNothing, format } = KINDS[figure];
  const words = FIGURES.find(([name]) => name === figure)?.[1] ?? "";
  const valuesOf = (rows: readonly Row[], starts: readonly Date[]) => {
    const byStart = new Map(rows.map(({ start, figures }) => [Date.parse(start), figures]));
    return starts.map((start) => {
      const figures = byStart.get(start.getTime());
      return figures ? figureOf(figures) : ofNothing;
    });
  };
  const starts = startsOf(range, steps);
  const here = valuesOf(now, starts);
  const there = valuesOf(before, startsOf(rangeBefore(range), steps));
  return (
    <Card
      title={words}
      note="beside the period before, which is the broken line"
      className="mb-3.5"
      action={
        <select
          aria-label="Figure"
          value={figure}
          onChange={({ target }) => onChoose(target.value as FigureName)}
          className="rounded-control border border-line-2 bg-panel px-2 py-1"
        >
          {FIGURES.map(([name, label]) => (
            <option key={name} value={name}>
              {label}
            </option>
          ))}
        </select>
      }
    >
      <ComparedChart
        label={words}
        format={format}
        points={starts.map((start, index) => ({
          name: stepName(start, steps),
          now: here[index] ?? null,
          before: there[index] ?? null,
        }))}
      />
    </Card>
  );
}
