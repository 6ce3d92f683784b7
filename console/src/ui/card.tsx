import type { ReactNode } from "react";

interface Props {
  readonly title?: ReactNode;
  /** Says beside the title what is counted, or in which unit. */
  readonly note?: ReactNode;
  /** A link or a button on the right. */
  readonly action?: ReactNode;
  readonly className?: string;
  readonly children: ReactNode;
}

export function Card({ title, note, action, className = "", children }: Props) {
  return (
    <section className={`min-w-0 rounded-card border bg-panel px-4 py-3.5 ${className}`}>
      {title && (
        <div className="mb-2.5 flex flex-wrap items-baseline gap-2">
          <h2 className="font-medium">{title}</h2>
          {note && <span className="text-faint text-xs">{note}</span>}
          {action && <span className="ml-auto min-w-0 wrap-anywhere text-dim text-xs">{action}</span>}
        </div>
      )}
      {children}
    </section>
  );
}
