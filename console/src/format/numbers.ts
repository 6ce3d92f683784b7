const whole = new Intl.NumberFormat("en-US");
const short = new Intl.NumberFormat("en-US", { notation: "compact", maximumFractionDigits: 1 });

/** Returns a whole number with its thousands set apart: 41,906. */
export const formatCount = (count: number): string => whole.format(count).replace("-", "−");

/** Returns a number of things in words: 1 call, 2 calls. The plural has an s, unless it is given. */
export const formatCounted = (count: number, one: string, many = `${one}s`): string =>
  `${formatCount(count)} ${count === 1 ? one : many}`;

/** Returns a whole number in few characters, for the axis of a chart: 12.4K. */
export const formatShort = (count: number): string => short.format(count);

/** Returns a share of 1 in per cent: 3.2 %. A share that is not nothing is not shown as nothing. */
export function formatShare(share: number): string {
  const percent = share * 100;
  if (percent !== 0 && Math.abs(percent) < 0.05) return `< 0.1 %`;
  return `${percent.toFixed(1).replace("-", "−")} %`;
}
