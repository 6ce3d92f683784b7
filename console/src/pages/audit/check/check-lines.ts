import type { AuditFaultKind } from "../../../api/graphql";

/** How far the chain of the audit was checked, and what was found. */
export interface Check {
  /** The line behind which it began: 0 for the first one. */
  readonly begunAfter: number;
  readonly checkedLines: number;
  readonly lastSequence: number;
  readonly lastHash: string;
  readonly isDone: boolean;
  readonly fault: { readonly sequence: number; readonly kind: AuditFaultKind } | null;
}

/** What one request has checked. */
interface Part extends Omit<Check, "begunAfter" | "isDone"> {
  readonly isComplete: boolean;
}

/** Checks part by part until there is nothing left or something is wrong. Tells of each part as it is done. */
export async function checkLines(
  begunAfter: number,
  ask: (after: number) => Promise<Part | null>,
  tell: (check: Check) => void,
  signal: AbortSignal,
): Promise<void> {
  let checkedLines = 0;
  let after = begunAfter;
  for (;;) {
    const part = await ask(after);
    if (!part || signal.aborted) return;
    const { lastSequence, lastHash, fault } = part;
    checkedLines += part.checkedLines;
    const isDone = part.isComplete || fault !== null;
    tell({ begunAfter, checkedLines, lastSequence, lastHash, isDone, fault });
    if (isDone) return;
    after = lastSequence;
  }
}

const FAULTS: Readonly<Record<AuditFaultKind, string>> = {
  CHANGED: "was changed: its hash is not that of what it says.",
  DETACHED: "does not go on from the line before it.",
  END: "is not where the chain ended: the newest lines were taken out, or some were put in.",
  MISSING: "was taken out.",
  NOT_KEYED:
    "was made without a key, though earlier ones were made with AUDIT_KEY. A process ran without it, or somebody who has no key put the line in.",
  UNKNOWN_KEY: "was made with a key that AUDIT_KEY does not have.",
};

/** Returns what is wrong with a line, as a sentence. */
export const faultSentence = ({ sequence, kind }: NonNullable<Check["fault"]>): string =>
  `Line ${sequence} ${FAULTS[kind]}`;
