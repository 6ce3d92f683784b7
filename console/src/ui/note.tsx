import type { ReactNode } from "react";

const TONES = {
  plain: "bg-bg text-dim",
  bad: "bg-bad-soft text-bad",
  warn: "bg-warn-soft text-warn",
  good: "bg-accent-soft text-accent",
} as const;

/** A sentence to the person, such as why something did not work. A bad one is read out at once. */
export function Note({
  tone = "plain",
  children,
}: {
  readonly tone?: keyof typeof TONES;
  readonly children: ReactNode;
}) {
  return (
    <div
      role={tone === "bad" ? "alert" : "status"}
      className={`wrap-anywhere rounded-control px-3 py-2 ${TONES[tone]}`}
    >
      {children}
    </div>
  );
}
