import { CartesianGrid, Line, LineChart, ResponsiveContainer, Tooltip, XAxis, YAxis } from "recharts";
import { ticksUpTo } from "./series";

interface ComparedPoint {
  readonly name: string;
  /** Null where there is nothing to measure, such as the error rate of no calls. */
  readonly now: number | null;
  /** The same step of the period before. */
  readonly before: number | null;
}

interface Props {
  readonly label: string;
  readonly points: readonly ComparedPoint[];
  format(value: number): string;
}

const HEIGHT_PX = 180;
const TICK = { fill: "var(--faint)", fontSize: 11 };

/** One figure over time, and as a broken line the same in the period before. */
export function ComparedChart({ label, points, format }: Props) {
  const ticks = ticksUpTo(Math.max(0, ...points.flatMap(({ now, before }) => [now ?? 0, before ?? 0])));
  const line = { type: "linear", dot: false, isAnimationActive: false, connectNulls: false } as const;
  return (
    <figure aria-label={label} className="m-0">
      <ResponsiveContainer width="100%" height={HEIGHT_PX}>
        <LineChart data={[...points]} margin={{ top: 8, right: 4, bottom: 0, left: 0 }}>
          <CartesianGrid vertical={false} stroke="var(--line)" />
          <XAxis dataKey="name" tick={TICK} tickLine={false} axisLine={false} minTickGap={36} />
          <YAxis
            tick={TICK}
            tickLine={false}
            axisLine={false}
            width={60}
            ticks={[...ticks]}
            domain={[0, ticks.at(-1) ?? 1]}
            tickFormatter={format}
          />
          <Tooltip
            isAnimationActive={false}
            cursor={{ stroke: "var(--line-2)" }}
            content={({ active, label: name }) => {
              const point = points.find((one) => one.name === name);
              return active && point ? <Step point={point} format={format} /> : null;
            }}
          />
          <Line {...line} dataKey="before" stroke="var(--s7)" strokeWidth={1.5} strokeDasharray="4 4" />
          <Line {...line} dataKey="now" stroke="var(--accent)" strokeWidth={2} />
        </LineChart>
      </ResponsiveContainer>
    </figure>
  );
}

function Step({ point, format }: { readonly point: ComparedPoint } & Pick<Props, "format">) {
  const shown = (value: number | null) => (value === null ? "–" : format(value));
  return (
    <div className="rounded-control border border-line-2 bg-panel px-3 py-2 text-xs tabular-nums">
      <p className="mb-1 font-medium">{point.name} UTC</p>
      <p>{shown(point.now)}</p>
      <p className="text-dim">{shown(point.before)} in the period before</p>
    </div>
  );
}
