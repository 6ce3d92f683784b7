import { useMutation } from "@apollo/client/react";
import { useState } from "react";
import { UpdateOrganizationDocument } from "../../api/graphql";
import { FormDialog } from "../../ui/dialogs/form-dialog";
import { TextField } from "../../ui/fields";

interface Props {
  readonly organization: { readonly id: string; readonly name: string };
  onClose(): void;
}

/** Changes an organization's name. */
export function EditOrganizationDialog({ organization, onClose }: Props) {
  const [update] = useMutation(UpdateOrganizationDocument);
  const [name, setName] = useState(organization.name);

  async function submit() {
    await update({ variables: { input: { id: organization.id, name: name.trim() } } });
    onClose();
  }

  return (
    <FormDialog title={`Edit ${organization.name}`} act="Save" onCancel={onClose} onSubmit={submit}>
      <TextField label="Name" hint="For people." isRequired value={name} onChange={setName} />
    </FormDialog>
  );
}
