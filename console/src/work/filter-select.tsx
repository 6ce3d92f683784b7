interface Props {
  readonly label: string;
  /** What it says if nothing is chosen, such as "All model groups". */
  readonly all: string;
  readonly value: string | undefined;
  readonly options: readonly (readonly [value: string, words: string])[];
  onChange(value: string | undefined): void;
}

/** One value that a list is filtered by, or all. */
export function FilterSelect({ label, all, value, options, onChange }: Props) {
  return (
    <select
      aria-label={label}
      value={value ?? ""}
      onChange={({ target }) => onChange(target.value || undefined)}
      className="max-w-48 rounded-control border border-line-2 bg-panel px-2 py-1.5"
    >
      <option value="">{all}</option>
      {value && !options.some(([option]) => option === value) && <option value={value}>{value}</option>}
      {options.map(([option, words]) => (
        <option key={option} value={option}>
          {words}
        </option>
      ))}
    </select>
  );
}
