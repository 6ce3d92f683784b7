import { Area, AreaChart, Bar, BarChart, CartesianGrid, ResponsiveContainer, Tooltip, XAxis, YAxis } from "recharts";
import { type Point, type Series, sumOf, ticksUpTo } from "./series";

interface Props {
  /** What the chart shows, for those who do not see it. */
  readonly label: string;
  readonly kind: "areas" | "bars";
  readonly points: readonly Point[];
  readonly series: readonly Series[];
  /** How a step is called on the axis and above its values. */
  stepName(start: Date): string;
  format(value: number): string;
  /** Called with the start of the step that was clicked. */
  onPick?(start: Date): void;
}

const HEIGHT_PX = 250;
const TICK = { fill: "var(--faint)", fontSize: 11 };

/** Series over time, one on top of the other. Hovering shows a step with all of them and their sum. */
export function StackedChart({ label, kind, points, series, stepName, format, onPick }: Props) {
  const Chart = kind === "bars" ? BarChart : AreaChart;
  const ticks = ticksUpTo(Math.max(0, ...points.map(sumOf)));
  const byName = Object.fromEntries(points.map((point) => [stepName(point.start), point]));
  return (
    <figure aria-label={label} className="m-0">
      <ResponsiveContainer width="100%" height={HEIGHT_PX}>
        <Chart
          data={[...points]}
          margin={{ top: 8, right: 4, bottom: 0, left: 0 }}
          onClick={({ activeLabel }) => {
            const point = byName[String(activeLabel)];
            if (point) onPick?.(point.start);
          }}
        >
          <CartesianGrid vertical={false} stroke="var(--line)" />
          <XAxis
            dataKey={({ start }: Point) => stepName(start)}
            tick={TICK}
            tickLine={false}
            axisLine={false}
            minTickGap={36}
          />
          <YAxis
            tick={TICK}
            tickLine={false}
            axisLine={false}
            width={52}
            ticks={[...ticks]}
            domain={[0, ticks.at(-1) ?? 1]}
            tickFormatter={format}
          />
          <Tooltip
            isAnimationActive={false}
            cursor={{ fill: "var(--line)", fillOpacity: 0.5, stroke: "var(--line-2)" }}
            content={({ active, label: name }) => {
              const point = byName[String(name)];
              return active && point ? (
                <Step name={String(name)} point={point} series={series} format={format} />
              ) : null;
            }}
          />
          {series.map(({ id, name, colour }) => {
            const props = {
              name,
              dataKey: ({ values }: Point) => values[id] ?? 0,
              stackId: "all",
              isAnimationActive: false,
            };
            return kind === "bars" ? (
              <Bar key={id} {...props} fill={colour} maxBarSize={28} />
            ) : (
              <Area
                key={id}
                {...props}
                type="linear"
                fill={colour}
                fillOpacity={0.82}
                stroke="var(--panel)"
                strokeWidth={1}
              />
            );
          })}
        </Chart>
      </ResponsiveContainer>
    </figure>
  );
}

type StepProps = Pick<Props, "series" | "format"> & { readonly name: string; readonly point: Point };

function Step({ name, point, series, format }: StepProps) {
  return (
    <div className="rounded-control border border-line-2 bg-panel px-3 py-2 text-xs">
      <p className="mb-1 font-medium">{name} UTC</p>
      {series.map(({ id, name: what, colour }) => (
        <p key={id} className="flex items-center gap-2">
          <span className="size-2.5 rounded-xs" style={{ background: colour }} />
          <span className="text-dim">{what}</span>
          <span className="ml-auto pl-4 tabular-nums">{format(point.values[id] ?? 0)}</span>
        </p>
      ))}
      <p className="mt-1 flex border-t pt-1 font-medium">
        Sum<span className="ml-auto tabular-nums">{format(sumOf(point))}</span>
      </p>
    </div>
  );
}

interface LegendProps {
  readonly series: readonly Series[];
  /** What stands behind the name of each. */
  amountOf(id: string): string;
}

export function Legend({ series, amountOf }: LegendProps) {
  return (
    <ul className="mt-2 flex flex-wrap gap-x-3.5 gap-y-1 text-dim text-xs">
      {series.map(({ id, name, colour }) => (
        <li key={id}>
          <span className="mr-1.5 inline-block size-2.5 rounded-xs" style={{ background: colour }} />
          {name} <span className="tabular-nums">{amountOf(id)}</span>
        </li>
      ))}
    </ul>
  );
}
