import { useMutation } from "@apollo/client/react";
import { useState } from "react";
import { RotateWebhookSecretDocument } from "../../api/graphql";
import { Dialog } from "../../ui/dialogs/dialog";
import { FormDialog } from "../../ui/dialogs/form-dialog";
import { SecretOnce } from "../../ui/dialogs/secret-once";
import { SelectField } from "../../ui/fields";

const GRACES = [
  ["0", "not at all"],
  ["3600", "for an hour"],
  ["86400", "for a day"],
  ["604800", "for a week"],
] as const;
type Grace = (typeof GRACES)[number][0];

/** Gives a webhook a new secret. The old one may sign as well for a while, so that the receiver can be changed. */
export function RotateSecretDialog({ id, onClose }: { readonly id: string; onClose(): void }) {
  const [grace, setGrace] = useState<Grace>("86400");
  const [secret, setSecret] = useState<string | null>(null);
  const [rotate] = useMutation(RotateWebhookSecretDocument);

  async function submit() {
    const { data } = await rotate({ variables: { id, graceSeconds: Number(grace) } });
    setSecret(data?.rotateWebhookSecret?.secret ?? null);
  }

  if (secret !== null)
    return (
      <Dialog title="The new secret" isOpen onClose={onClose}>
        <SecretOnce secret={secret} what="the secret" />
      </Dialog>
    );
  return (
    <FormDialog
      title="Rotate the secret"
      description="Requests are signed with a new secret from now on. For a while they have two signatures."
      act="Rotate"
      onCancel={onClose}
      onSubmit={submit}
    >
      <SelectField label="The old secret signs as well" value={grace} options={GRACES} onChange={setGrace} />
    </FormDialog>
  );
}
