import { Check, Copy } from "lucide-react";
import { useState } from "react";
import { Button } from "../button";
import { copyText } from "./copy-text";

const SHOWN_MS = 2_000;

/** Copies a text, and says so for a moment. */
export function CopyButton({ text, label = "Copy" }: { readonly text: string; readonly label?: string }) {
  const [isDone, setIsDone] = useState(false);
  return (
    <Button
      onClick={async ({ currentTarget }) => {
        if (!(await copyText(text, currentTarget))) return;
        setIsDone(true);
        setTimeout(() => setIsDone(false), SHOWN_MS);
      }}
    >
      {isDone ? <Check size={14} aria-hidden /> : <Copy size={14} aria-hidden />}
      {isDone ? "Copied" : label}
    </Button>
  );
}
