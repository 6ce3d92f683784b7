/** A text for programs. Long lines scroll inside it, also by the keyboard. */
export function CodeBlock({ label, text }: { readonly label: string; readonly text: string }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: the keyboard scrolls what has the focus.
    <section aria-label={label} tabIndex={0} className="max-h-80 overflow-auto rounded-control border bg-bg p-3">
      <pre className="font-mono text-[12.5px]">{text}</pre>
    </section>
  );
}
