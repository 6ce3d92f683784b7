import { useMutation } from "@apollo/client/react";
import { useState } from "react";
import { AdjustCreditsDocument, TeamGrantsDocument, TeamLedgerDocument } from "../../../api/graphql";
import { newIdempotencyKey } from "../../../api/idempotency-key";
import { FormDialog } from "../../../ui/dialogs/form-dialog";
import { TextField } from "../../../ui/fields";

/** Corrects what was entered wrongly. Sending it twice by a slip corrects once. */
export function AdjustCreditsDialog({ teamId, onClose }: { readonly teamId: string; onClose(): void }) {
  const [credits, setCredits] = useState("");
  const [reason, setReason] = useState("");
  const [idempotencyKey] = useState(newIdempotencyKey);
  const [adjust] = useMutation(AdjustCreditsDocument, { refetchQueries: [TeamLedgerDocument, TeamGrantsDocument] });

  async function submit() {
    await adjust({ variables: { input: { teamId, credits: Number(credits), reason: reason.trim(), idempotencyKey } } });
    onClose();
  }

  return (
    <FormDialog
      title="Adjust credits"
      description="A correction is an entry of its own. Nothing that stands in the ledger is changed."
      act="Adjust"
      onCancel={onClose}
      onSubmit={submit}
    >
      <TextField
        label="Credits"
        hint="Less than 0 takes them away. Credits that are held cannot be taken."
        type="number"
        isRequired
        value={credits}
        onChange={setCredits}
      />
      <TextField label="Reason" hint="It stands in the ledger." isRequired value={reason} onChange={setReason} />
    </FormDialog>
  );
}
