import { useMutation } from "@apollo/client/react";
import { useState } from "react";
import { AddCreditsDocument, TeamGrantsDocument, TeamLedgerDocument } from "../../../api/graphql";
import { newIdempotencyKey } from "../../../api/idempotency-key";
import { useSession } from "../../../session/session";
import { FormDialog } from "../../../ui/dialogs/form-dialog";
import { SelectField, TextField } from "../../../ui/fields";

const CATEGORIES = [
  ["PAID", "Paid"],
  ["PROMOTIONAL", "Promotional"],
] as const;

/** Gives credits to the team. Sending it twice by a slip gives them once. */
export function AddCreditsDialog({ teamId, onClose }: { readonly teamId: string; onClose(): void }) {
  const { viewer } = useSession();
  const isAdmin = viewer.kind === "admin";
  const [credits, setCredits] = useState("");
  const [reason, setReason] = useState("");
  const [reference, setReference] = useState("");
  const [category, setCategory] = useState<"PAID" | "PROMOTIONAL">("PAID");
  const [expires, setExpires] = useState("");
  const [idempotencyKey] = useState(newIdempotencyKey);
  const [add] = useMutation(AddCreditsDocument, { refetchQueries: [TeamLedgerDocument, TeamGrantsDocument] });

  async function submit() {
    const terms = {
      category,
      ...(reference.trim() !== "" && { reference: reference.trim() }),
      ...(expires !== "" && { expiresAt: new Date(expires).toISOString() }),
    };
    await add({
      variables: {
        input: {
          teamId,
          credits: Number(credits),
          idempotencyKey,
          ...(reason.trim() !== "" && { reason: reason.trim() }),
          ...(isAdmin && terms),
        },
      },
    });
    onClose();
  }

  return (
    <FormDialog
      title="Add credits"
      description={isAdmin ? "They are new." : "They are taken from the organization's pool."}
      act="Add them"
      onCancel={onClose}
      onSubmit={submit}
    >
      <TextField label="Credits" type="number" isRequired value={credits} onChange={setCredits} />
      <TextField label="Reason" hint="It stands in the ledger." value={reason} onChange={setReason} />
      {isAdmin && (
        <>
          <TextField
            label="Reference"
            hint="Such as the number of an invoice."
            value={reference}
            onChange={setReference}
          />
          <SelectField label="Kind" value={category} options={CATEGORIES} onChange={setCategory} />
          <TextField
            label="Expires"
            hint="Your own time zone. Empty means never."
            type="datetime-local"
            value={expires}
            onChange={setExpires}
          />
        </>
      )}
    </FormDialog>
  );
}
