import type { ReactNode } from "react";

const TONES = {
  plain: "bg-line text-text",
  good: "bg-accent-soft text-accent",
  bad: "bg-bad-soft text-bad",
  warn: "bg-warn-soft text-warn",
} as const;

export type Tone = keyof typeof TONES;

/** A short state, such as "Completed". */
export function Chip({ tone = "plain", children }: { readonly tone?: Tone; readonly children: ReactNode }) {
  return (
    <span
      className={`inline-flex items-center gap-1.5 whitespace-nowrap rounded-full px-2 py-px text-xs before:size-1.5 before:rounded-full before:bg-current ${TONES[tone]}`}
    >
      {children}
    </span>
  );
}
