import type { ReactNode } from "react";

type Fact = readonly [name: string, value: ReactNode];

/** Names with their values, side by side as the room allows. What is empty is left out. */
export function Facts({ facts }: { readonly facts: readonly (Fact | null | undefined | false | "")[] }) {
  return (
    <dl className="flex flex-wrap gap-x-7 gap-y-2">
      {facts.map(
        (fact) =>
          fact && (
            <div key={fact[0]} className="min-w-0">
              <dt className="text-faint text-xs">{fact[0]}</dt>
              <dd className="break-words font-medium tabular-nums">{fact[1]}</dd>
            </div>
          ),
      )}
    </dl>
  );
}
