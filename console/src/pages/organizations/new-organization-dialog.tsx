import { useMutation } from "@apollo/client/react";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { CreateOrganizationDocument, OrganizationsDocument } from "../../api/graphql";
import { FormDialog } from "../../ui/dialogs/form-dialog";
import { TextField } from "../../ui/fields";

/** Makes an organization, and goes to its page. */
export function NewOrganizationDialog({ onClose }: { onClose(): void }) {
  const navigate = useNavigate();
  const [create] = useMutation(CreateOrganizationDocument, { refetchQueries: [OrganizationsDocument] });
  const [id, setId] = useState("");
  const [name, setName] = useState("");

  async function submit() {
    const { data } = await create({ variables: { input: { id: id.trim(), name: name.trim() } } });
    if (data?.createOrganization)
      await navigate({ to: "/organizations/$id", params: { id: data.createOrganization.id } });
  }

  return (
    <FormDialog title="New organization" act="Make it" onCancel={onClose} onSubmit={submit}>
      <TextField label="Id" hint="It is never changed, such as acme." isRequired isMono value={id} onChange={setId} />
      <TextField label="Name" hint="For people." isRequired value={name} onChange={setName} />
    </FormDialog>
  );
}
