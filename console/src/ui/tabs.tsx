import { Tabs as Radix } from "radix-ui";
import type { ReactNode } from "react";

interface Props<Tab extends string> {
  /** What is divided, for those who do not see it. */
  readonly label: string;
  readonly value: Tab;
  readonly tabs: readonly (readonly [tab: Tab, words: string])[];
  onChange(tab: Tab): void;
  /** The content of the chosen tab. */
  readonly children: ReactNode;
}

/** Parts of a page, of which one is shown. */
export function Tabs<Tab extends string>({ label, value, tabs, onChange, children }: Props<Tab>) {
  return (
    <Radix.Root value={value} onValueChange={(tab) => onChange(tab as Tab)}>
      <Radix.List aria-label={label} className="mb-3.5 flex gap-1 overflow-x-auto border-b">
        {tabs.map(([tab, words]) => (
          <Radix.Trigger
            key={tab}
            value={tab}
            className="-mb-px whitespace-nowrap border-transparent border-b-2 px-2.5 py-1.5 text-dim data-[state=active]:border-accent data-[state=active]:text-text"
          >
            {words}
          </Radix.Trigger>
        ))}
      </Radix.List>
      {tabs.map(([tab]) => (
        <Radix.Content key={tab} value={tab}>
          {tab === value && children}
        </Radix.Content>
      ))}
    </Radix.Root>
  );
}
