import { useMutation } from "@apollo/client/react";
import { useState } from "react";
import { GrantToPoolDocument } from "../../../api/graphql";
import { FormDialog } from "../../../ui/dialogs/form-dialog";
import { TextField } from "../../../ui/fields";

/** Gives new credits to the pool. Sending it twice by a slip gives them once. */
export function GrantDialog({ organizationId, onClose }: { readonly organizationId: string; onClose(): void }) {
  const [credits, setCredits] = useState("");
  const [reason, setReason] = useState("");
  const [idempotencyKey] = useState(() => crypto.randomUUID());
  const [grant] = useMutation(GrantToPoolDocument);

  async function submit() {
    await grant({
      variables: {
        input: {
          organizationId,
          credits: Number(credits),
          idempotencyKey,
          ...(reason.trim() !== "" && { reason: reason.trim() }),
        },
      },
    });
    onClose();
  }

  return (
    <FormDialog
      title="Grant credits"
      description="They are new. The organization gives them to its teams."
      act="Grant them"
      onCancel={onClose}
      onSubmit={submit}
    >
      <TextField label="Credits" type="number" isRequired value={credits} onChange={setCredits} />
      <TextField label="Reason" hint="It stands in the ledger." value={reason} onChange={setReason} />
    </FormDialog>
  );
}
