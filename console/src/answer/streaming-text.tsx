/** The end of a text that grows, on one line, with a caret behind it. What does not fit is cut off at the beginning. */
export function StreamingLine({ text }: { readonly text: string }) {
  const end = text.slice(-300).replaceAll("\n", " ");
  return (
    <p dir="ltr" className="flex min-w-0 justify-end overflow-hidden text-dim">
      <span className="min-w-full shrink-0 whitespace-nowrap">
        {end === "" ? <span className="text-faint">waiting for the first token</span> : end}
        <Caret />
      </span>
    </p>
  );
}

export function Caret() {
  return <span aria-hidden className="ml-0.5 inline-block h-3.5 w-[7px] animate-pulse bg-accent align-[-2px]" />;
}
