import type { ReactNode } from "react";

interface Props {
  readonly title: string;
  /** What stands beside the title, such as a state. */
  readonly beside?: ReactNode;
  /** Where the page belongs, before its title. */
  readonly above?: ReactNode;
  /** Filters and buttons on the right. */
  readonly children?: ReactNode;
}

/** The first line of a page. It names the tab, too. */
export function PageHead({ title, beside, above, children }: Props) {
  return (
    <div className="mb-4 flex flex-wrap items-center gap-2.5">
      <title>{`${title} - Tollgate`}</title>
      {above && (
        <span className="flex items-center gap-2 text-dim">
          {above}
          <span aria-hidden>/</span>
        </span>
      )}
      <h1 className="min-w-0 wrap-anywhere font-semibold text-[19px] tracking-tight">{title}</h1>
      {beside}
      <span className="flex-1" />
      {children}
    </div>
  );
}
