const WIDTH = 74;
const HEIGHT = 22;

/** A line that shows how a figure went, without an axis. It repeats what the numbers say, so it is not read out. */
export function Sparkline({
  values,
  colour = "var(--accent)",
}: {
  readonly values: readonly number[];
  readonly colour?: string;
}) {
  if (values.length < 2) return null;
  const most = Math.max(...values, 0);
  const at = (value: number, index: number) => {
    const x = (index * WIDTH) / (values.length - 1);
    const y = HEIGHT - 1 - (most === 0 ? 0 : (value / most) * (HEIGHT - 3));
    return `${x.toFixed(1)},${y.toFixed(1)}`;
  };
  return (
    <svg width={WIDTH} height={HEIGHT} aria-hidden="true" className="shrink-0">
      <polyline fill="none" stroke={colour} strokeWidth="1.5" points={values.map(at).join(" ")} />
    </svg>
  );
}
