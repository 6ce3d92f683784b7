import { useEffect, useState } from "react";

/** Typing waits so long for the next digit before the day counts: 1 may become 12, and 0002 may become 2026. */
const WAIT_MS = 600;
/** Earlier years are years that are being typed. */
const FIRST_DAY = "2000-01-01";
const LAST_DAY = "2999-12-31";

interface Props {
  readonly label: string;
  /** A date such as 2026-11-03. */
  readonly value: string;
  onChange(day: string): void;
}

/** A day, which is typed or chosen. What is typed stays as it is until it is a day. */
export function DayField({ label, value, onChange }: Props) {
  const [text, setText] = useState(value);
  const [shown, setShown] = useState(value);
  // The address has changed by itself, such as by going back.
  if (shown !== value) {
    setShown(value);
    setText(value);
  }
  const isDay = text >= FIRST_DAY && text <= LAST_DAY && text.length === value.length;
  const take = () => {
    if (!isDay || text === value) return;
    setShown(text);
    onChange(text);
  };
  useEffect(() => {
    if (!isDay || text === value) return;
    const timer = setTimeout(take, WAIT_MS);
    return () => clearTimeout(timer);
  });
  return (
    <input
      type="date"
      aria-label={label}
      aria-invalid={!isDay}
      value={text}
      onChange={({ target }) => setText(target.value)}
      onBlur={take}
      onKeyDown={({ key }) => key === "Enter" && take()}
      className="rounded-control border border-line-2 bg-panel px-2 py-1 aria-invalid:border-bad"
    />
  );
}
