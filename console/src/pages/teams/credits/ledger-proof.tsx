import type { ApolloClient } from "@apollo/client";
import { useApolloClient } from "@apollo/client/react";
import { ShieldCheck } from "lucide-react";
import { useRef, useState } from "react";
import { LedgerProofDocument, type LedgerProofQuery } from "../../../api/graphql";
import { formatCount, formatCounted } from "../../../format/numbers";
import { Button } from "../../../ui/button";
import { Dialog } from "../../../ui/dialogs/dialog";
import { Note } from "../../../ui/note";
import { Failed } from "../../../ui/states";

type Audit = NonNullable<LedgerProofQuery["ledgerAudit"]>;

interface Proof {
  readonly entryCount: number;
  readonly jobCount: number;
  readonly isDone: boolean;
  readonly isSound: boolean;
  readonly differences: Audit["differences"];
}

const BEGUN: Proof = { entryCount: 0, jobCount: 0, isDone: false, isSound: false, differences: [] };

/** Reads the next part of the audit. */
async function auditPart(client: ApolloClient, id: string, after: string | null): Promise<Audit | null> {
  const { data } = await client.query({
    query: LedgerProofDocument,
    variables: { id, after },
    fetchPolicy: "no-cache",
  });
  return data?.ledgerAudit ?? null;
}

/** Adds the whole ledger up anew, part by part, and compares it with what is recorded. */
export function LedgerProof({ teamId }: { readonly teamId: string }) {
  const client = useApolloClient();
  const [proof, setProof] = useState<Proof | null>(null);
  const [error, setError] = useState<unknown>(null);

  // Whoever closes the dialog does not want to see the rest of it.
  const isWanted = useRef(false);

  async function prove() {
    isWanted.current = true;
    setError(null);
    let sofar = BEGUN;
    setProof(sofar);
    let after: string | null = null;
    do {
      const audit: Audit | null = await auditPart(client, teamId, after);
      if (!audit || !isWanted.current) return;
      const { entryCount, jobCount, isComplete, isSound } = audit;
      sofar = {
        entryCount,
        jobCount,
        isDone: isComplete,
        isSound,
        differences: [...sofar.differences, ...audit.differences],
      };
      setProof(sofar);
      after = audit.endCursor;
    } while (after !== null);
  }

  return (
    <>
      <Button onClick={() => void prove().catch(setError)}>
        <ShieldCheck size={14} aria-hidden /> Prove it
      </Button>
      <Dialog
        title="Does the ledger add up?"
        description="All entries are added up anew, and each job is compared with its entries."
        isOpen={proof !== null}
        onClose={() => {
          isWanted.current = false;
          setProof(null);
        }}
      >
        {error !== null && <Failed error={error} />}
        {proof && (
          <>
            <p>
              {formatCounted(proof.entryCount, "entry", "entries")} and {formatCounted(proof.jobCount, "job")} were read
              {proof.isDone ? "." : " so far …"}
            </p>
            {proof.isDone && (
              <Note tone={proof.isSound ? "good" : "bad"}>
                {proof.isSound ? "They add up to what is recorded, to the credit." : "They do not add up."}
              </Note>
            )}
            {proof.differences.length > 0 && (
              <ul className="list-disc pl-5">
                {proof.differences.map(({ figure, recorded, recomputed, jobId, entryId }) => (
                  <li key={`${figure} ${jobId} ${entryId}`}>
                    {figure.toLowerCase()}: {formatCount(recorded)} is recorded, and it adds up to{" "}
                    {formatCount(recomputed)} <span className="font-mono text-xs">{jobId ?? entryId}</span>
                  </li>
                ))}
              </ul>
            )}
          </>
        )}
      </Dialog>
    </>
  );
}
