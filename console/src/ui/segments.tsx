import { ToggleGroup } from "radix-ui";

interface Props<Value extends string> {
  /** What is chosen, for those who do not see it. */
  readonly label: string;
  readonly value: Value;
  readonly options: readonly (readonly [value: Value, words: string])[];
  onChange(value: Value): void;
}

/** One of a few, side by side. */
export function Segments<Value extends string>({ label, value, options, onChange }: Props<Value>) {
  return (
    <ToggleGroup.Root
      type="single"
      aria-label={label}
      value={value}
      // Clicking what is chosen would choose nothing.
      onValueChange={(chosen) => chosen && onChange(chosen as Value)}
      className="inline-flex overflow-hidden rounded-control border border-line-2 bg-panel"
    >
      {options.map(([option, words]) => (
        <ToggleGroup.Item
          key={option}
          value={option}
          className="border-r px-2.5 py-1.5 text-dim last:border-r-0 data-[state=on]:bg-accent-soft data-[state=on]:text-text"
        >
          {words}
        </ToggleGroup.Item>
      ))}
    </ToggleGroup.Root>
  );
}
