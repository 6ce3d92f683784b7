import { formatISO, subDays } from "date-fns";
import { Segments } from "../ui/segments";
import { PERIODS, type PeriodSearch } from "./period";

interface Props {
  readonly value: PeriodSearch;
  onChange(value: PeriodSearch): void;
}

const dateOf = (moment: Date): string => formatISO(moment, { representation: "date" });

/** Chooses a range of time: one that ends now, or any two days. */
export function PeriodPicker({ value, onChange }: Props) {
  const { period = "30d", from = "", to = "" } = value;
  const day = (name: "from" | "to", words: string) => (
    <input
      type="date"
      aria-label={words}
      value={name === "from" ? from : to}
      onChange={({ target }) => target.value && onChange({ period: "custom", from, to, [name]: target.value })}
      className="rounded-control border border-line-2 bg-panel px-2 py-1"
    />
  );
  return (
    <div className="flex flex-wrap items-center gap-2">
      {period === "custom" && (
        <>
          {day("from", "First day")} <span className="text-dim">to</span> {day("to", "Last day")}
        </>
      )}
      <Segments
        label="Period"
        value={period}
        options={PERIODS}
        onChange={(next) =>
          onChange(
            next === "custom"
              ? { period: next, from: dateOf(subDays(new Date(), 13)), to: dateOf(new Date()) }
              : { period: next },
          )
        }
      />
    </div>
  );
}
