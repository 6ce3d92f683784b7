import { useEffect, useState } from "react";
import { type PeriodSearch, type Range, rangeOf } from "./period";

const MINUTE_MS = 60_000;

/** Returns the range of a period. It moves on with the hour, and is the same object until then. */
export function useRange(search: PeriodSearch): Range {
  const { period, from, to } = search;
  const [range, setRange] = useState(() => rangeOf(search, new Date()));
  useEffect(() => {
    const renew = () =>
      setRange((before) => {
        const next = rangeOf({ ...(period && { period }), ...(from && { from }), ...(to && { to }) }, new Date());
        return +next.from === +before.from && +next.to === +before.to ? before : next;
      });
    renew();
    const timer = setInterval(renew, MINUTE_MS);
    return () => clearInterval(timer);
  }, [period, from, to]);
  return range;
}
