import { useMutation } from "@apollo/client/react";
import { useState } from "react";
import { CreateOrganizationKeyDocument, OrganizationKeysDocument } from "../../../api/graphql";
import { Dialog } from "../../../ui/dialogs/dialog";
import { FormDialog } from "../../../ui/dialogs/form-dialog";
import { SecretOnce } from "../../../ui/dialogs/secret-once";
import { TextField } from "../../../ui/fields";

/** Makes a key of the organization, and shows its secret. */
export function NewOwnKeyDialog({ organizationId, onClose }: { readonly organizationId: string; onClose(): void }) {
  const [name, setName] = useState("");
  const [expires, setExpires] = useState("");
  const [secret, setSecret] = useState<string | null>(null);
  const [create] = useMutation(CreateOrganizationKeyDocument, { refetchQueries: [OrganizationKeysDocument] });

  async function submit() {
    const { data } = await create({
      variables: {
        input: {
          organizationId,
          ...(name.trim() !== "" && { name: name.trim() }),
          ...(expires !== "" && { expiresAt: new Date(expires).toISOString() }),
        },
      },
    });
    setSecret(data?.createOrganizationKey?.secret ?? null);
  }

  if (secret !== null)
    return (
      <Dialog title="The new key" isOpen onClose={onClose}>
        <SecretOnce secret={secret} what="the key" />
      </Dialog>
    );
  return (
    <FormDialog
      title="New key"
      description="With it the organization manages its teams. It opens no jobs and makes no calls."
      act="Make it"
      onCancel={onClose}
      onSubmit={submit}
    >
      <TextField label="Name" hint="Such as who uses it." value={name} onChange={setName} />
      <TextField
        label="Expires"
        hint="Your own time zone. Empty means never."
        type="datetime-local"
        value={expires}
        onChange={setExpires}
      />
    </FormDialog>
  );
}
