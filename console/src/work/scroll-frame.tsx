import type { ReactNode } from "react";

interface Props {
  /** What is inside, for those who do not see it. */
  readonly label: string;
  readonly className?: string;
  readonly children: ReactNode;
}

/** A frame of its own for what is wider or longer than its place. The keyboard scrolls it when it has the focus. */
export function ScrollFrame({ label, className = "overflow-x-auto", children }: Props) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: the keyboard scrolls what has the focus.
    <section aria-label={label} tabIndex={0} className={className}>
      {children}
    </section>
  );
}
