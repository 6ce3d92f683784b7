import type { VirtualKeyFilter, VirtualKeyStatus } from "../../../api/graphql";
import { CheckField, SelectField } from "../../../ui/fields";
import type { KeysSearch } from "../organizations-search";

const STATES = [
  ["", "Any status"],
  ["ACTIVE", "Active"],
  ["EXPIRED", "Expired"],
  ["REVOKED", "Revoked"],
] as const;

const UNUSED = [
  ["", "At any time"],
  ["7", "Not for 7 days"],
  ["30", "Not for 30 days"],
  ["90", "Not for 90 days"],
] as const;

interface Props {
  readonly search: KeysSearch;
  onChange(search: KeysSearch): void;
}

/** Chooses which keys are listed: those that nobody needs, and those that nothing holds. */
export function KeysFilter({ search, onChange }: Props) {
  const { status, unusedDays, without = [] } = search;
  const days = unusedDays === undefined ? "" : String(unusedDays);
  // The address may have another number of days than those that are offered.
  const offered = UNUSED.some(([value]) => value === days)
    ? UNUSED
    : [...UNUSED, [days, `Not for ${days} days`] as const];

  function change(next: { status?: string; days?: string; without?: readonly ("expiry" | "limit")[] }) {
    const { status: state, days: unused, without: lacks } = { status: status ?? "", days, without, ...next };
    onChange({
      ...(state !== "" && { status: state as VirtualKeyStatus }),
      ...(unused !== "" && { unusedDays: Number(unused) }),
      ...(lacks.length > 0 && { without: lacks }),
    });
  }
  const lack = (what: "expiry" | "limit", words: string) => (
    <CheckField
      label={words}
      isChecked={without.includes(what)}
      onChange={(isChecked) =>
        change({ without: isChecked ? [...without, what] : without.filter((one) => one !== what) })
      }
    />
  );

  return (
    <div className="mb-3 flex flex-wrap items-end gap-x-4 gap-y-2">
      <SelectField label="Status" value={status ?? ""} options={STATES} onChange={(next) => change({ status: next })} />
      <SelectField label="Used" value={days} options={offered} onChange={(next) => change({ days: next })} />
      <div className="flex flex-wrap gap-x-4 gap-y-1 pb-1.5">
        {lack("expiry", "Without an expiry")}
        {lack("limit", "Without a limit")}
      </div>
    </div>
  );
}

const DAY_MS = 86_400_000;

/** Returns the filter of the API. Days are counted back from the hour that runs, so that it stays the same for a while. */
export function filterOf({ status, unusedDays, without = [] }: KeysSearch, now: Date): VirtualKeyFilter {
  const hour = new Date(now);
  hour.setUTCMinutes(0, 0, 0);
  return {
    ...(status && { status: [status] }),
    ...(unusedDays !== undefined && { unusedSince: new Date(hour.getTime() - unusedDays * DAY_MS).toISOString() }),
    ...(without.includes("expiry") && { withoutExpiry: true }),
    ...(without.includes("limit") && { withoutLimit: true }),
  };
}
