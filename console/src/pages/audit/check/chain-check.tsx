import { useApolloClient } from "@apollo/client/react";
import { ShieldCheck } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { AuditEndDocument, AuditPartDocument } from "../../../api/graphql";
import { formatCount } from "../../../format/numbers";
import { Button } from "../../../ui/button";
import { Dialog } from "../../../ui/dialogs/dialog";
import { Note } from "../../../ui/note";
import { Failed } from "../../../ui/states";
import { type Check, checkLines, faultSentence } from "./check-lines";

const BEGUN: Check = { begunAfter: 0, checkedLines: 0, lastSequence: 0, lastHash: "", isDone: false, fault: null };

/** Reckons the hash of each line anew, and says which line is not as it was written. */
export function ChainCheck() {
  const client = useApolloClient();
  const [check, setCheck] = useState<Check | null>(null);
  const [lines, setLines] = useState<number | null>(null);
  const [error, setError] = useState<unknown>(null);
  const running = useRef<AbortController>(null);
  useEffect(() => () => running.current?.abort(), []);

  async function begin(after: number) {
    running.current?.abort();
    const controller = new AbortController();
    running.current = controller;
    setError(null);
    setCheck({ ...BEGUN, begunAfter: after });
    const fetchPolicy = "no-cache" as const;
    try {
      const { data } = await client.query({ query: AuditEndDocument, fetchPolicy });
      setLines(data?.auditEntries?.edges[0]?.node.sequence ?? 0);
      const ask = async (behind: number) => {
        const part = await client.query({ query: AuditPartDocument, variables: { after: behind }, fetchPolicy });
        return part.data?.auditCheck ?? null;
      };
      await checkLines(after, ask, setCheck, controller.signal);
    } catch (refusal) {
      if (!controller.signal.aborted) setError(refusal);
    }
  }

  function close() {
    running.current?.abort();
    setCheck(null);
  }

  return (
    <>
      <Button onClick={() => void begin(0)}>
        <ShieldCheck size={14} aria-hidden /> Check the chain
      </Button>
      <Dialog
        title="Is the audit as it was written?"
        description="Each line holds the hash of the line before it. All hashes are made anew and compared."
        isOpen={check !== null}
        onClose={close}
      >
        {error !== null && <Failed error={error} />}
        {check && <Progress check={check} lines={lines} />}
        {check?.isDone && <Result check={check} onGoOn={(after) => void begin(after)} />}
      </Dialog>
    </>
  );
}

function Progress({ check, lines }: { readonly check: Check; readonly lines: number | null }) {
  const { begunAfter, checkedLines, isDone } = check;
  const all = lines === null ? null : Math.max(lines - begunAfter, checkedLines);
  return (
    <div>
      <p>
        {formatCount(checkedLines)} {all !== null && `of ${formatCount(all)} `}lines are checked{isDone ? "." : " …"}
      </p>
      {!isDone && (
        <progress
          aria-label="Lines that are checked"
          className="mt-2 w-full accent-(--accent)"
          {...(all !== null && { value: checkedLines, max: Math.max(all, 1) })}
        />
      )}
    </div>
  );
}

function Result({ check, onGoOn }: { readonly check: Check; onGoOn(after: number): void }) {
  const { fault, begunAfter, lastSequence, lastHash } = check;
  if (fault)
    return (
      <>
        <Note tone="bad">{faultSentence(fault)}</Note>
        {fault.kind === "NOT_KEYED" && (
          <div>
            <Button onClick={() => onGoOn(fault.sequence)}>I know why: check the lines behind it</Button>
          </div>
        )}
      </>
    );
  return (
    <>
      <Note tone="good">
        {begunAfter === 0
          ? "The audit is sound: each line is as it was written, and none is missing."
          : `The lines behind line ${begunAfter} are sound: each is as it was written, and none is missing.`}
      </Note>
      <p className="break-all text-dim text-xs">
        Line {lastSequence} has the hash <span className="font-mono">{lastHash}</span>. Keep both elsewhere: if this
        line ever has another hash, the audit was written anew.
      </p>
    </>
  );
}
