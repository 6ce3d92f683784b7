import type { ReactNode } from "react";

interface Props {
  readonly title: string;
  readonly note?: ReactNode;
  readonly children: ReactNode;
}

/** A part of a card, below a small title. */
export function Sub({ title, note, children }: Props) {
  return (
    <section className="min-w-0">
      <h3 className="mb-1.5 font-medium text-[13px]">
        {title} {note && <span className="font-normal text-faint text-xs">{note}</span>}
      </h3>
      {children}
    </section>
  );
}
