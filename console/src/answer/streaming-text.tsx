/** The end of a text that grows, on one line, with a caret behind it. */
export function StreamingLine({ text }: { readonly text: string }) {
  const end = text.slice(-200).replaceAll("\n", " ");
  return (
    <p dir="ltr" className="flex min-w-0 items-center text-dim">
      <span className="min-w-0 flex-1 overflow-hidden text-ellipsis whitespace-nowrap">
        {end === "" ? <span className="text-faint">waiting for the first token</span> : end}
        <Caret />
      </span>
    </p>
  );
}

export function Caret() {
  return <span aria-hidden className="ml-0.5 inline-block h-3.5 w-[7px] animate-pulse bg-accent align-[-2px]" />;
}
