import { formatISO, subDays } from "date-fns";
import { Segments } from "../ui/segments";
import { DayField } from "./day-field";
import { PERIODS, type PeriodSearch } from "./period";

interface Props {
  readonly value: PeriodSearch;
  onChange(value: PeriodSearch): void;
}

const dateOf = (moment: Date): string => formatISO(moment, { representation: "date" });

/** Chooses a range of time: one that ends now, or any two days. */
export function PeriodPicker({ value, onChange }: Props) {
  const { period = "30d", from = "", to = "" } = value;
  return (
    <div className="flex flex-wrap items-center gap-2">
      {period === "custom" && (
        <>
          <DayField
            label="First day"
            value={from}
            onChange={(day) =>
              onChange({ period: "custom", ...(day > to ? { from: day, to: day } : { from: day, to }) })
            }
          />{" "}
          <span className="text-dim">to</span>{" "}
          <DayField
            label="Last day"
            value={to}
            onChange={(day) =>
              onChange({ period: "custom", ...(day < from ? { from: day, to: day } : { from, to: day }) })
            }
          />
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
