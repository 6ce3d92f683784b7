import { formatCount } from "../format/numbers";

/** The gateway counts lists no further. */
const COUNTED_TO = 10_000;

/** How long a list is: "1 job", "312 jobs", "10,000+ jobs". */
export function TotalCount({
  count,
  one,
  many,
}: {
  readonly count: number;
  readonly one: string;
  readonly many: string;
}) {
  return (
    <span className="text-dim tabular-nums" title={count >= COUNTED_TO ? "Lists are counted up to 10,000." : undefined}>
      {formatCount(count)}
      {count >= COUNTED_TO && "+"} {count === 1 ? one : many}
    </span>
  );
}
