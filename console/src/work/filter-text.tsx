import { useEffect, useState } from "react";

/** Typing waits so long for the next letter before the list is asked for. */
const WAIT_MS = 350;

interface Props {
  /** What the list is filtered by. */
  readonly label: string;
  readonly value: string;
  readonly placeholder?: string;
  /** Returns why a text cannot be a filter. Null if it can. */
  problemOf?(text: string): string | null;
  onChange(value: string): void;
  readonly className?: string;
}

/** A text that a list is filtered by. It takes effect a moment after the last letter, or at once with Enter. */
export function FilterText({ label, value, placeholder, problemOf, onChange, className = "w-36" }: Props) {
  const [text, setText] = useState(value);
  const [shown, setShown] = useState(value);
  // The address has changed by itself, such as by going back.
  if (shown !== value) {
    setShown(value);
    setText(value);
  }
  const problem = text.trim() === "" ? null : (problemOf?.(text.trim()) ?? null);
  const next = text.trim();
  const take = () => {
    if (next === value || problem !== null) return;
    setShown(next);
    onChange(next);
  };
  useEffect(() => {
    if (next === value || problem !== null) return;
    const timer = setTimeout(take, WAIT_MS);
    return () => clearTimeout(timer);
  });
  return (
    <input
      type="search"
      aria-label={label}
      aria-invalid={problem !== null}
      title={problem ?? label}
      placeholder={placeholder ?? label}
      value={text}
      autoComplete="off"
      onChange={({ target }) => setText(target.value)}
      onBlur={take}
      onKeyDown={({ key }) => key === "Enter" && take()}
      className={`rounded-control border border-line-2 bg-panel px-2.5 py-1.5 aria-invalid:border-bad aria-invalid:text-bad ${className}`}
    />
  );
}
