import { useMutation } from "@apollo/client/react";
import { useState } from "react";
import { type KeyFragment, RotateKeyDocument } from "../../../api/graphql";
import { Dialog } from "../../../ui/dialogs/dialog";
import { FormDialog } from "../../../ui/dialogs/form-dialog";
import { SecretOnce } from "../../../ui/dialogs/secret-once";
import { SelectField } from "../../../ui/fields";
import { nameOf } from "./key-columns";

const GRACES = [
  ["0", "not at all"],
  ["3600", "for an hour"],
  ["86400", "for a day"],
  ["604800", "for a week"],
] as const;
type Grace = (typeof GRACES)[number][0];

/** Gives a key a new secret. The old one may go on for a while, so that programs can be changed. */
export function RotateKeyDialog({ keyOf, onClose }: { readonly keyOf: KeyFragment; onClose(): void }) {
  const [grace, setGrace] = useState<Grace>("3600");
  const [secret, setSecret] = useState<string | null>(null);
  const [rotate] = useMutation(RotateKeyDocument);

  async function submit() {
    const { data } = await rotate({ variables: { id: keyOf.id, graceSeconds: Number(grace) } });
    setSecret(data?.rotateVirtualKey?.virtualKey ?? null);
  }

  if (secret !== null)
    return (
      <Dialog title={`The new secret of ${nameOf(keyOf)}`} isOpen isKept onClose={onClose}>
        <SecretOnce secret={secret} what="the key" />
      </Dialog>
    );
  return (
    <FormDialog
      title={`Rotate ${nameOf(keyOf)}`}
      description="The key gets a new secret. Its name, its limits and what it has done stay."
      act="Rotate"
      onCancel={onClose}
      onSubmit={submit}
    >
      <SelectField label="The old secret goes on" value={grace} options={GRACES} onChange={setGrace} />
    </FormDialog>
  );
}
