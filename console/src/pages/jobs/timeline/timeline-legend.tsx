interface Props {
  readonly colours: ReadonlyMap<string, string>;
  readonly hasPauses: boolean;
}

/** What the colours of the bars mean. */
export function TimelineLegend({ colours, hasPauses }: Props) {
  const more: readonly (readonly [words: string, colour: string])[] = [
    ["failed attempt", "var(--bad)"],
    ["cancelled", "var(--s7)"],
  ];
  return (
    <ul className="mt-2 flex flex-wrap gap-x-3.5 gap-y-1 border-t pt-2 text-dim text-xs">
      {[...colours, ...more].map(([words, colour]) => (
        <li key={words}>
          <span className="mr-1.5 inline-block size-2.5 rounded-xs" style={{ background: colour }} />
          {words}
        </li>
      ))}
      <li>pale: running, or waiting for the first token</li>
      {hasPauses && <li>grey strip: a pause that is drawn shorter than it was</li>}
    </ul>
  );
}
