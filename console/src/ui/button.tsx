import type { ButtonHTMLAttributes } from "react";

const TONES = {
  plain: "border-line-2 bg-panel text-text hover:bg-bg",
  primary: "border-accent bg-accent text-on-accent hover:opacity-90",
  danger: "border-line-2 bg-panel text-bad hover:bg-bad-soft",
  quiet: "border-transparent bg-transparent text-dim hover:bg-line hover:text-text",
} as const;

interface Props extends ButtonHTMLAttributes<HTMLButtonElement> {
  readonly tone?: keyof typeof TONES;
}

export function Button({ tone = "plain", className = "", type = "button", ...props }: Props) {
  return (
    <button
      type={type}
      className={`inline-flex items-center justify-center gap-1.5 whitespace-nowrap rounded-control border px-3 py-1.5 disabled:opacity-50 ${TONES[tone]} ${className}`}
      {...props}
    />
  );
}
