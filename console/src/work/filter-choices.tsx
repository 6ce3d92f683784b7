import { ToggleGroup } from "radix-ui";

interface Props<Value extends string> {
  readonly label: string;
  readonly values: readonly Value[];
  readonly options: readonly (readonly [value: Value, words: string])[];
  onChange(values: readonly Value[]): void;
}

/** Any of a few values that a list is filtered by. None means all. */
export function FilterChoices<Value extends string>({ label, values, options, onChange }: Props<Value>) {
  return (
    <ToggleGroup.Root
      type="multiple"
      aria-label={label}
      value={[...values]}
      onValueChange={(chosen) => onChange(chosen as Value[])}
      className="flex flex-wrap gap-1"
    >
      {options.map(([option, words]) => (
        <ToggleGroup.Item
          key={option}
          value={option}
          className="rounded-full border border-line-2 bg-panel px-2.5 py-1 text-dim text-xs data-[state=on]:border-accent data-[state=on]:bg-accent-soft data-[state=on]:text-text"
        >
          {words}
        </ToggleGroup.Item>
      ))}
    </ToggleGroup.Root>
  );
}
